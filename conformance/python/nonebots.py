"""A bot of NoneBot, which is not of the vendor's making: nonebots.py LARKSPUR FOLDER"""

import asyncio
import inspect
import json
import signal
import sys
from importlib.metadata import version
from pathlib import Path

import nonebot
import uvicorn
from nonebot.adapters.feishu import Adapter, Bot, Message, MessageSegment, NetworkError
from nonebot.adapters.feishu.event import GroupMessageEvent, PrivateMessageEvent
from nonebot.log import logger

from checks import HERE, check, connect, own_data, same, section, tell, wait_until
from serving import Platform

EACH = 50

platform = Platform(sys.argv[1], Path(sys.argv[2]))
platform.start()
ready = platform.ready
lin, chen, ada, sam = ready["users"]
group = ready["chat_id"]

heard, answered = {}, set()
called = set()


def ask(method, path, body=None):
    return own_data(connect(ready["base_url"]), method, path, body)


def act(what, **fields):
    """Something that a user does."""
    return ask("POST", f"act/{what}", fields)


def ledger():
    return ask("GET", f"deliveries?app_id={ready['app_id']}&page_size=1")["ledger"]


async def until(what, condition, seconds=20):
    """What the condition gives as soon as it gives something. The bot works on meanwhile."""
    return await asyncio.to_thread(wait_until, what, condition, seconds)


async def call(bot, name, *args, **fields):
    called.add(name)
    return await getattr(bot, name)(*args, **fields)


async def refused(name, code, calling):
    """The adapter tells of a refusal as of a failure of the network, with the answer in its text."""
    try:
        check(f"{name}: {code}", False, await calling)
    except NetworkError as error:
        check(f"{name}: {code}", f'"code":{code}' in str(error).replace(" ", ""), error)


async def connecting():
    section("Connecting")
    (bot,) = await until("the bot is there", lambda: list(nonebot.get_bots().values()))
    same("its name", bot.bot_info.app_name, "Gardener")
    path = f"apps/{ready['app_id']}/connections"
    await until("it is connected", lambda: ask("GET", path)["items"])
    return bot


async def speaking(bot):
    section("What it calls")

    async def send(message, to=("chat_id", group)):
        msg_type, content = message.serialize()
        answer = await call(bot, "send_msg", *to, content, msg_type)
        return answer["data"]["message_id"]

    async def read(message_id):
        (message, *_) = (await call(bot, "get_msg", message_id))["data"]["items"]
        return message

    words = await send(Message([MessageSegment.text("Water "), MessageSegment.at(ada["open_id"])]))
    same("words: whom they name", (await read(words))["mentions"][0]["id"], ada["open_id"])
    direct = await send(Message(MessageSegment.text("Water the basil")), ("open_id", ada["open_id"]))
    check("to a user", (await read(direct))["chat_id"] != group)
    post = MessageSegment.post("Sowing", [[{"tag": "text", "text": "Basil"}]])
    same("rich text", (await read(await send(Message(post))))["msg_type"], "post")
    title = {"title": {"tag": "plain_text", "content": "Watering"}}
    card = MessageSegment.interactive(title, {"wide_screen_mode": True}, [{"tag": "hr"}])
    same("a card", (await read(await send(Message(card))))["msg_type"], "interactive")
    someone = MessageSegment.share_user(lin["open_id"])
    same("the card of a user", (await read(await send(Message(someone))))["msg_type"], "share_user")

    png = (HERE / "fixtures" / "gradient.png").read_bytes()
    files, data = {"image": ("gradient.png", png)}, {"image_type": "message"}
    answer = await call(bot, "call_api", "im/v1/images", method="POST", data=data, files=files)
    image_key = answer["data"]["image_key"]
    picture = await send(Message(MessageSegment.image(image_key)))
    same("a picture", json.loads((await read(picture))["body"]["content"]), {"image_key": image_key})
    resource = await call(bot, "get_msg_resource", picture, image_key, "image")
    check("a picture: byte by byte", resource == png, len(resource))
    pdf = (HERE / "fixtures" / "page.pdf").read_bytes()
    file_key = (await call(bot, "post_file", "pdf", "page.pdf", pdf))["data"]["file_key"]
    check("a file: byte by byte", await call(bot, "get_file", file_key) == pdf)
    same("a file", (await read(await send(Message(MessageSegment.file(file_key)))))["msg_type"], "file")

    text = json.dumps({"text": "Done"})
    answer = (await call(bot, "reply_msg", words, text, "text"))["data"]
    same("an answer", answer["parent_id"], words)
    await call(bot, "edit_msg", words, json.dumps({"text": "Water the mint"}), "text")
    check("edited", "mint" in (await read(words))["body"]["content"])
    listed = (await call(bot, "get_msgs", "chat", group, sort_type="ByCreateTimeDesc"))["data"]["items"]
    check("listed", words in [one["message_id"] for one in listed], listed)
    weather = ready["hooks"][0]["chat_id"]
    forwarded = (await call(bot, "forward_msg", words, weather, "chat_id"))["data"]
    same("forwarded", forwarded["chat_id"], weather)
    merged = await call(bot, "merge_forward_msg", "chat_id", weather, [words, picture])
    same("merged", merged["data"]["message"]["msg_type"], "merge_forward")
    act("read", user=ada["open_id"], chat_id=group)
    readers = (await call(bot, "get_msg_read_users", words, "open_id"))["data"]["items"]
    same("read", [one["user_id"] for one in readers], [ada["open_id"]])
    await call(bot, "delete_msg", words)
    same("recalled", (await read(words))["deleted"], True)

    await refused("an edit of it", 230011, call(bot, "edit_msg", words, text, "text"))
    await refused("a message that does not exist", 99992354, call(bot, "get_msg", "om_" + "0" * 32))
    await refused("to nobody", 230034, call(bot, "send_msg", "open_id", "ou_" + "0" * 32, text, "text"))

    def public(name, method):
        return inspect.iscoroutinefunction(method) and not name.startswith("_")

    by_itself = {"send", "send_handler", "handle_event"}
    known = {name for name, method in vars(Bot).items() if public(name, method)} - by_itself
    same("all that it can call is called", known - called, set())


async def hearing(bot):
    section("What it hears")
    said = act("send", user=ada["open_id"], chat_id=group, text="It rains")["message_id"]
    event = await until("a message in a group", lambda: heard.get(said))
    check("in a group: whose", isinstance(event, GroupMessageEvent) and event.get_user_id() == ada["open_id"])
    same("in a group: its words", event.get_plaintext(), "It rains")
    p2p = act("enter", user=chen["open_id"])["chat_id"]
    said = act("send", user=chen["open_id"], chat_id=p2p, text="ping")["message_id"]
    event = await until("a message to the bot", lambda: heard.get(said))
    check("to the bot alone", isinstance(event, PrivateMessageEvent) and event.is_tome())

    await until("its answer", lambda: p2p in answered)
    (newest, *_) = (await call(bot, "get_msgs", "chat", p2p, sort_type="ByCreateTimeDesc"))["data"]["items"]
    same("what it answers", json.loads(newest["body"]["content"]), {"text": "pong"})


async def losing():
    section(f"{3 * EACH} messages, with a kick and a restart")
    sent = []

    def talk():
        for number in range(EACH):
            by = {"user": lin["open_id"], "chat_id": group}
            sent.append(act("send", **by, text=str(number))["message_id"])

    await asyncio.to_thread(talk)
    same("kicked", ask("DELETE", f"apps/{ready['app_id']}/connections")["count"], 1)
    await asyncio.to_thread(talk)
    path = f"apps/{ready['app_id']}/connections"
    await until("it is connected again", lambda: ask("GET", path)["items"])
    same("the platform ends", await asyncio.to_thread(platform.stop, signal.SIGTERM), 0)
    await asyncio.to_thread(platform.start)
    await asyncio.to_thread(talk)
    await until("it has heard them all", lambda: set(sent) <= heard.keys(), 60)
    same("none is lost", set(sent) - heard.keys(), set())
    await until("nothing is on its way", lambda: ledger()["pending"] == 0, 60)
    now = ledger()
    same("the ledger: all delivered", (now["delivered"], now["expired"]), (now["created"], 0))


async def all_of_it():
    bot = await connecting()
    await speaking(bot)
    await hearing(bot)
    await losing()
    same("SIGTERM ends the platform with 0", await asyncio.to_thread(platform.stop, signal.SIGTERM), 0)


def story():
    print(f"NoneBot, nonebot-adapter-feishu {version('nonebot-adapter-feishu')}")
    # It acknowledges nothing in the older form of events, which would come again and again.
    ask("PATCH", f"apps/{ready['app_id']}", {"events": ["im.message.receive_v1"]})
    logger.remove()
    app = {"app_id": ready["app_id"], "app_secret": ready["app_secret"], "protocol": "ws"}
    settings = {**app, "verification_token": "of no use", "api_base": ready["base_url"]}
    nonebot.init(driver="~fastapi+~httpx+~websockets", feishu_bots=[settings])
    driver = nonebot.get_driver()
    # It has to be able to take webhooks, and gets none.
    config = uvicorn.Config(nonebot.get_asgi(), host="127.0.0.1", port=0, log_config=None)
    server = uvicorn.Server(config)
    driver.register_adapter(Adapter)

    @nonebot.on_message().handle()
    async def _(bot: Bot, event: GroupMessageEvent | PrivateMessageEvent):
        heard[event.event.message.message_id] = event
        if event.get_plaintext() == "ping":
            answer = await bot.send(event, "pong")
            answered.add(answer["data"]["chat_id"])

    async def both():
        serving = asyncio.create_task(server.serve())
        try:
            await all_of_it()
        finally:
            server.should_exit = True
            await serving

    asyncio.run(both())


tell("NoneBot", story, 120, platform.end)
