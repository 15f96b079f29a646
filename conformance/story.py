"""Walks through the platform with the official Python SDK: story.py READY_FILE"""

import asyncio
import faulthandler
import io
import json
import struct
import sys
import time
import traceback
import uuid
from importlib.metadata import version
from pathlib import Path

import lark_oapi as lark
from lark_oapi.api.auth import v3 as auth
from lark_oapi.api.contact import v3 as contact
from lark_oapi.api.im import v1 as im
from lark_oapi.core.exception import ObtainAccessTokenException

HERE = Path(__file__).parent

# What the documents say about each code, or how it begins.
REFUSALS = json.loads((HERE / "refusals.json").read_text(encoding="utf-8"))

# Each format the platform takes, and the media type it gives back.
PICTURES = {
    "gradient.jpg": "image/jpeg",
    "gradient.png": "image/png",
    "gradient.webp": "image/webp",
    "gradient.gif": "image/gif",
    "gradient.bmp": "image/bmp",
    "gradient.ico": "image/x-icon",
    "gradient.tiff": "image/jpeg",
    "gradient.heic": "image/jpeg",
}
STORED_AS_JPEG = {"gradient.tiff", "gradient.heic"}

NOBODY = "ou_" + "0" * 32

ready = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
lin, chen, ada, sam = ready["users"]


def client_with(app_secret):
    builder = lark.Client.builder().domain(ready["base_url"]).app_id(ready["app_id"]).app_secret(app_secret)
    return builder.timeout(10).enable_set_token(True).log_level(lark.LogLevel.ERROR).build()


client = client_with(ready["app_secret"])
api = client.im.v1
passed = failed = 0


def section(name):
    print(f"\n  {name}")


def check(name, condition, detail=""):
    """One expectation. The story goes on if it does not hold."""
    global passed, failed
    if condition:
        passed += 1
        print(f"    ok    {name}")
    else:
        failed += 1
        print(f"    FAIL  {name}: {detail}")


def same(name, actual, expected):
    check(name, actual == expected, f"expected {expected!r}, got {actual!r}")


def refused(name, response, code):
    """The SDK reports this refusal, and the log id in the body is the one in the header."""
    status, log_id = response.raw.status_code, (response.error or {}).get("log_id")
    check(
        f"{name}: {code}",
        (status, response.code) == (400, code)
        and response.msg.startswith(REFUSALS[str(code)])
        and log_id is not None
        and log_id == response.get_log_id(),
        f"HTTP {status}, {response.code} {response.msg}, log_id {log_id}",
    )


def done(response):
    """The data of an answer that what follows cannot do without."""
    if not response.success():
        raise RuntimeError(f"{response.code} {response.msg} (log_id {response.get_log_id()})")
    return response.data


def make(kind, **fields):
    """A request or a model of the SDK, by way of its builder."""
    builder = kind.builder()
    for name, value in fields.items():
        getattr(builder, name)(value)
    return builder.build()


def get_raw(uri, queries=()):
    """Calls a path that the SDK has no method for."""
    builder = lark.BaseRequest.builder().http_method(lark.HttpMethod.GET).uri(uri).queries(list(queries))
    response = client.request(builder.token_types({lark.AccessTokenType.TENANT}).build())
    return json.loads(response.raw.content)


def pages(method, kind, **fields):
    """The pages of a list."""
    found = [done(method(make(kind, **fields)))]
    while found[-1].has_more:
        found.append(done(method(make(kind, page_token=found[-1].page_token, **fields))))
    return found


def upload_image(image, image_type="message"):
    body = make(im.CreateImageRequestBody, image_type=image_type, image=image)
    return api.image.create(make(im.CreateImageRequest, request_body=body))


def download_image(image_key):
    return api.image.get(make(im.GetImageRequest, image_key=image_key))


def upload_file(content, **fields):
    body = make(im.CreateFileRequestBody, file=io.BytesIO(content), **fields)
    return api.file.create(make(im.CreateFileRequest, request_body=body))


def new_group(name, *users, **more):
    body = make(im.CreateChatRequestBody, name=name, user_id_list=[user["open_id"] for user in users], **more)
    return done(api.chat.create(make(im.CreateChatRequest, request_body=body))).chat_id


def get_chat(chat_id):
    return done(api.chat.get(make(im.GetChatRequest, chat_id=chat_id)))


def send(to, msg_type, content, **more):
    """Sends to a pair of `receive_id_type` and `receive_id`."""
    receive_id_type, receive_id = to
    fields = {"receive_id": receive_id, "msg_type": msg_type, "content": json.dumps(content)}
    body = make(im.CreateMessageRequestBody, **fields, **more)
    request = make(im.CreateMessageRequest, receive_id_type=receive_id_type, request_body=body)
    return api.message.create(request)


def reply(message_id, text, **more):
    body = make(im.ReplyMessageRequestBody, msg_type="text", content=json.dumps({"text": text}), **more)
    return api.message.reply(make(im.ReplyMessageRequest, message_id=message_id, request_body=body))


def edit(message_id, msg_type, content):
    body = make(im.UpdateMessageRequestBody, msg_type=msg_type, content=json.dumps(content))
    return api.message.update(make(im.UpdateMessageRequest, message_id=message_id, request_body=body))


def read(message_id, **more):
    return done(api.message.get(make(im.GetMessageRequest, message_id=message_id, **more))).items[0]


def said(message):
    return json.loads(message.body.content)


def list_pages(container_id_type, container_id, **more):
    container = {"container_id_type": container_id_type, "container_id": container_id}
    return pages(api.message.list, im.ListMessageRequest, **container, **more)


def texts(found):
    """The ids of the texts on pages. Notices, such as who joined, are not of this story."""
    return [item.message_id for page in found for item in page.items if item.msg_type == "text"]


def tokens():
    section("Tokens")

    def token(kind, request, body, app_id, app_secret):
        body = make(body, app_id=app_id, app_secret=app_secret)
        # These answers have no `data`, and the SDK looks for nothing else.
        return json.loads(kind.internal(make(request, request_body=body)).raw.content)

    def tenant(app_id, app_secret):
        kinds = auth.InternalTenantAccessTokenRequest, auth.InternalTenantAccessTokenRequestBody
        return token(client.auth.v3.tenant_access_token, *kinds, app_id, app_secret)

    def app(app_id, app_secret):
        kinds = auth.InternalAppAccessTokenRequest, auth.InternalAppAccessTokenRequestBody
        return token(client.auth.v3.app_access_token, *kinds, app_id, app_secret)

    # Before all else: the SDK keeps tokens by app id, and one that is kept would hide a wrong secret.
    try:
        client_with("not the secret").im.v1.chat.list(make(im.ListChatRequest))
        check("a wrong app_secret: 10015", False, "it got a token")
    except ObtainAccessTokenException as error:
        same("a wrong app_secret: 10015", (error.code, error.msg), (10015, REFUSALS["10015"]))
    answer = tenant("cli_0123456789abcdef", ready["app_secret"])
    same("an unknown app_id: 10014", (answer["code"], answer["msg"]), (10014, REFUSALS["10014"]))
    answer = tenant("", "")
    same("no app_id at all: 10003", (answer["code"], answer["msg"]), (10003, REFUSALS["10003"]))

    first = tenant(ready["app_id"], ready["app_secret"])
    same("tenant_access_token", first["code"], 0)
    check("tenant_access_token: begins with t-", first["tenant_access_token"].startswith("t-"), first)
    check("tenant_access_token: lasts up to two hours", 1800 <= first["expire"] <= 7200, first)
    again = tenant(ready["app_id"], ready["app_secret"])["tenant_access_token"]
    same("tenant_access_token: the same while it is fresh", again, first["tenant_access_token"])
    answer = app(ready["app_id"], ready["app_secret"])
    same("app_access_token", answer["code"], 0)
    both = answer["app_access_token"] and answer["tenant_access_token"]
    check("app_access_token: both tokens", both, answer)

    option = lark.RequestOption.builder().tenant_access_token("t-made-up").build()
    refused("a token that nobody issued", api.chat.list(make(im.ListChatRequest), option), 99991663)


def bot():
    section("The bot")
    answer = get_raw("/open-apis/bot/v3/info")
    same("info", (answer["code"], answer["msg"]), (0, "ok"))
    check("info: an open_id", answer["bot"]["open_id"].startswith("ou_"), answer)
    check("info: a name", answer["bot"]["app_name"], answer)
    same("info: in use", answer["bot"]["activate_status"], 2)
    check("info: a picture", answer["bot"]["avatar_url"].startswith("http"), answer)
    same("info: open to every address", answer["bot"]["ip_white_list"], [])


def pictures():
    section("Pictures, up and down")
    keys = {}
    for name, media_type in PICTURES.items():
        original = (HERE / "fixtures" / name).read_bytes()
        keys[name] = done(upload_image(io.BytesIO(original))).image_key
        answer = download_image(keys[name])
        content = answer.file.read()
        if name in STORED_AS_JPEG:
            whole = content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9")
            check(f"{name}: comes back as JPEG", whole, content[:8])
        else:
            check(f"{name}: comes back byte by byte", content == original, f"{len(content)} bytes")
        same(f"{name}: media type", answer.raw.headers["Content-Type"], media_type)
    same("every picture has its own key", len(set(keys.values())), len(PICTURES))

    # The asynchronous half of the SDK writes its forms in another way.
    async def up_and_down(image):
        body = make(im.CreateImageRequestBody, image_type="message", image=image)
        key = done(await api.image.acreate(make(im.CreateImageRequest, request_body=body))).image_key
        return (await api.image.aget(make(im.GetImageRequest, image_key=key))).file.read()

    path = HERE / "fixtures" / "gradient.png"
    with path.open("rb") as image:
        check("asynchronously: comes back byte by byte", asyncio.run(up_and_down(image)) == path.read_bytes())
    return keys


def avatar():
    with (HERE / "fixtures" / "gradient.png").open("rb") as image:
        key = done(upload_image(image, image_type="avatar")).image_key
    check("an avatar: uploaded", key.startswith("img_"), key)
    check("an avatar: not to be downloaded", not download_image(key).success(), key)
    return key


def refused_pictures():
    section("Pictures that are refused")
    png = (HERE / "fixtures" / "gradient.png").read_bytes()
    pdf = (HERE / "fixtures" / "page.pdf").read_bytes()
    wide_gif = b"GIF89a" + struct.pack("<HH", 2001, 1) + b"\0\0\0;"

    def upload(content, image_type="message"):
        return upload_image(io.BytesIO(content), image_type)

    refused("text", upload(b"no picture at all"), 234011)
    refused("a PDF", upload(pdf), 234011)
    refused("nothing", upload(b""), 234010)
    refused("more than 10 MB", upload(png.ljust(10 * 1024 * 1024 + 1, b"\0")), 234006)
    refused("a GIF that is 2001 px wide", upload(wide_gif), 234039)
    refused("an unknown image_type", upload(png, "poster"), 234001)
    refused("a key that names nothing", download_image("img_v3_00000000"), 234005)


def files():
    section("Files, up and down")
    uploads = {
        "opus": ("铃声.opus", (HERE / "fixtures" / "tone.opus").read_bytes()),
        "mp4": ("渐变 video.mp4", (HERE / "fixtures" / "gradient.mp4").read_bytes()),
        "pdf": ("page.pdf", (HERE / "fixtures" / "page.pdf").read_bytes()),
        "stream": ("every byte.bin", bytes(range(256))),
    }
    keys = {}
    for file_type, (name, original) in uploads.items():
        answer = upload_file(original, file_type=file_type, file_name=name, duration=1000)
        keys[file_type] = done(answer).file_key
        answer = api.file.get(make(im.GetFileRequest, file_key=keys[file_type]))
        check(f"{file_type}: comes back byte by byte", answer.file.read() == original)
        same(f"{file_type}: under its name", answer.file_name, name)

    # The SDK sends what was not set as an empty part.
    answer = upload_file(b"x", file_type="stream", file_name="x.bin")
    check("a file without a duration", answer.success(), f"{answer.code} {answer.msg} {answer.error}")

    refused("nothing", upload_file(b"", file_type="stream", file_name="empty", duration=0), 234010)
    refused("an unknown file_type", upload_file(b"x", file_type="exe", file_name="x.exe", duration=0), 234001)
    refused("a file without a name", upload_file(b"x", file_type="stream", duration=0), 234001)
    return keys


def chats(avatar_key):
    section("Chats")
    description = "What grows where"
    fields = {"name": "Herb garden", "description": description, "avatar": avatar_key}
    body = make(im.CreateChatRequestBody, user_id_list=[ada["open_id"]], **fields)
    request = make(im.CreateChatRequest, uuid=str(uuid.uuid4()), request_body=body)
    made = done(api.chat.create(request))
    check("created: an id", made.chat_id.startswith("oc_"), made.chat_id)
    same("created: its name", made.name, "Herb garden")
    again = done(api.chat.create(request))
    same("created again with the same uuid: the same chat", again.chat_id, made.chat_id)

    chat = get_chat(made.chat_id)
    same("got: name and description", (chat.name, chat.description), ("Herb garden", description))
    kind = (chat.chat_mode, chat.chat_type, chat.chat_status)
    same("got: a private group", kind, ("group", "private", "normal"))
    same("got: one user and one bot", (chat.user_count, chat.bot_count), ("1", "1"))
    same("got: no owner_id, since the bot owns it", chat.owner_id, None)

    body = make(im.UpdateChatRequestBody, name="Kitchen garden", edit_permission="only_owner")
    answer = api.chat.update(make(im.UpdateChatRequest, chat_id=made.chat_id, request_body=body))
    same("updated", answer.code, 0)
    chat = get_chat(made.chat_id)
    same("updated: what was named", (chat.name, chat.edit_permission), ("Kitchen garden", "only_owner"))
    same("updated: the rest stayed", chat.description, description)

    wanted = [ready["chat_id"], made.chat_id, new_group("Compost", lin)]
    for sort_type in ("ByCreateTimeAsc", "ByActiveTimeDesc"):
        found = pages(api.chat.list, im.ListChatRequest, sort_type=sort_type, page_size=2)
        ids = [chat.chat_id for page in found for chat in page.items]
        check(f"listed {sort_type}, page by page", set(wanted) <= set(ids) and len(set(ids)) == len(ids), ids)
        if sort_type == "ByCreateTimeAsc":
            same("listed in that order", [chat_id for chat_id in ids if chat_id in wanted], wanted)

    answer = api.chat.get(make(im.GetChatRequest, chat_id="oc_" + "0" * 32))
    refused("a chat that does not exist", answer, 232006)
    body = make(im.CreateChatRequestBody, name="x", chat_type="public")
    refused("a public chat called x", api.chat.create(make(im.CreateChatRequest, request_body=body)), 232020)
    body = make(im.UpdateChatRequestBody, avatar="img_v3_00000000")
    answer = api.chat.update(make(im.UpdateChatRequest, chat_id=made.chat_id, request_body=body))
    refused("an avatar that was not uploaded", answer, 232041)


def members():
    section("Members")
    chat_id = new_group("Members", ada)

    def add(*ids, **more):
        body = make(im.CreateChatMembersRequestBody, id_list=ids)
        request = make(im.CreateChatMembersRequest, chat_id=chat_id, request_body=body, **more)
        return api.chat_members.create(request)

    def remove(*ids):
        body = make(im.DeleteChatMembersRequestBody, id_list=ids)
        return api.chat_members.delete(make(im.DeleteChatMembersRequest, chat_id=chat_id, request_body=body))

    def everyone(member_id_type="open_id"):
        query = {"chat_id": chat_id, "member_id_type": member_id_type, "page_size": 1}
        found = pages(api.chat_members.get, im.GetChatMembersRequest, **query)
        return {member.member_id: member.name for page in found for member in page.items}

    def called(*users, by="open_id"):
        return {user[by]: user["name"] for user in users}

    added = done(add(lin["open_id"], chen["open_id"]))
    same("added: nobody is left over", (added.invalid_id_list, added.not_existed_id_list), ([], []))
    same("added by user_id", done(add(sam["user_id"], member_id_type="user_id")).invalid_id_list, [])
    for kind in ("open_id", "union_id", "user_id"):
        same(f"listed by {kind}, page by page", everyone(kind), called(lin, chen, ada, sam, by=kind))
    total = done(api.chat_members.get(make(im.GetChatMembersRequest, chat_id=chat_id))).member_total
    same("listed: how many there are, without the bot", total, 4)
    same("removed: all of them", done(remove(sam["open_id"], chen["open_id"])).invalid_id_list, [])
    same("removed: the others stay", everyone(), called(lin, ada))

    refused("someone who does not exist", add(NOBODY), 99992351)
    added = done(add(NOBODY, chen["open_id"], succeed_type=1))
    same("with succeed_type 1 the others join", added.not_existed_id_list, [NOBODY])
    refused("nobody removed", remove(), 232027)


def leaving():
    section("A chat the bot has left")
    # Someone has to own it then.
    chat_id = new_group("Left behind", ada, owner_id=lin["open_id"])
    same("before: its owner", get_chat(chat_id).owner_id, lin["open_id"])
    body = make(im.DeleteChatMembersRequestBody, id_list=[ready["app_id"]])
    request = make(im.DeleteChatMembersRequest, chat_id=chat_id, member_id_type="app_id", request_body=body)
    same("the bot removes itself", done(api.chat_members.delete(request)).invalid_id_list, [])
    chat = get_chat(chat_id)
    same("from outside: its name, and no more", (chat.name, chat.owner_id), ("Left behind", None))

    answer = api.chat_members.get(make(im.GetChatMembersRequest, chat_id=chat_id))
    refused("its members", answer, 232011)
    refused("a message to it", send(("chat_id", chat_id), "text", {"text": "hello"}), 230002)
    refused("its card", send(("open_id", ada["open_id"]), "share_chat", {"chat_id": chat_id}), 230002)
    query = {"container_id_type": "chat", "container_id": chat_id}
    refused("its history", api.message.list(make(im.ListMessageRequest, **query)), 230002)


def contents(group, image_keys, file_keys):
    """Name, type, what is sent, what readers get. How cards 2.0 are read by default is not documented."""
    picture, cover = image_keys["gradient.png"], image_keys["gradient.jpg"]
    rest = [
        [{"tag": "img", "image_key": picture}],
        [{"tag": "media", "file_key": file_keys["mp4"], "image_key": cover}],
        [{"tag": "emotion", "emoji_type": "SMILE"}],
        [{"tag": "hr"}],
        [{"tag": "code_block", "language": "GO", "text": "func main() {}"}],
    ]
    sow = {"tag": "text", "text": "Sow", "style": ["bold"]}
    link = {"tag": "a", "text": "basil", "href": "https://example.com/basil", "style": []}
    at_sent = {"tag": "at", "user_id": ada["open_id"], "style": []}
    at_read = {"tag": "at", "user_id": "@_user_1", "user_name": ada["name"], "style": []}
    markdown = {"tag": "md", "text": "**Sow**[basil](https://example.com/basil)"}

    def post(*content):
        return {"title": "Sowing", "content": list(content)}

    title = {"title": {"tag": "plain_text", "content": "Sowing"}}
    button = {"tag": "button", "text": {"tag": "plain_text", "content": "Yes"}, "type": "primary"}
    card = {
        "header": title,
        "elements": [
            {"tag": "div", "text": {"tag": "plain_text", "content": "Basil today?"}},
            {"tag": "hr"},
            {"tag": "action", "actions": [button]},
        ],
    }
    card_read = {
        "title": "Sowing",
        "elements": [
            [{"tag": "text", "text": "Basil today?"}],
            [{"tag": "hr"}],
            [{"tag": "button", "text": "Yes", "type": "primary"}],
        ],
    }
    elements = [{"tag": "markdown", "content": "**Basil** today?"}]
    card_2 = {"schema": "2.0", "header": title, "body": {"elements": elements}}

    text = {"text": f'<at user_id="{ada["open_id"]}">Ada</at> <b>sow</b> basil'}
    image = {"image_key": picture}
    file = {"file_key": file_keys["pdf"]}
    audio = {"file_key": file_keys["opus"]}
    media = {"file_key": file_keys["mp4"], "image_key": cover}
    this_group = {"chat_id": group}
    someone = {"user_id": lin["open_id"]}
    return [
        ("text", "text", text, {"text": "@_user_1 sow basil"}),
        ("post", "post", {"zh_cn": post([sow, link, at_sent], *rest)}, post([sow, link, at_read], *rest)),
        ("post in Markdown", "post", {"en_us": post([markdown])}, post([sow, link])),
        ("image", "image", image, image),
        ("file", "file", file, {**file, "file_name": "page.pdf"}),
        ("audio", "audio", audio, {**audio, "duration": 1000}),
        ("media", "media", media, {**media, "file_name": "渐变 video.mp4", "duration": 1000}),
        ("card 1.0", "interactive", card, card_read),
        ("card 2.0", "interactive", card_2, None),
        ("share_chat", "share_chat", this_group, this_group),
        ("share_user", "share_user", someone, someone),
    ]


def every_type(image_keys, file_keys):
    section("Messages of every type, by every receive_id_type")
    group = new_group("Every type", ada)
    to_group = ("chat_id", group)
    to_user = [(kind, ada[kind]) for kind in ("open_id", "union_id", "user_id", "email")]
    ids = {}
    for name, msg_type, sent, expected in contents(group, image_keys, file_keys):
        in_group = done(send(to_group, msg_type, sent))
        with_user = [done(send(to, msg_type, sent)) for to in to_user]
        ids[name] = in_group.message_id
        same(f"{name}: its type", {one.msg_type for one in [in_group, *with_user]}, {msg_type})
        same(f"{name}: in the group", in_group.chat_id, group)
        same(f"{name}: by four ids of a user, in one chat", len({one.chat_id for one in with_user}), 1)
        if expected:
            same(f"{name}: as the answer shows it", said(in_group), expected)
            same(f"{name}: as readers get it", said(read(ids[name])), expected)
        if msg_type == "interactive":
            as_sent = read(ids[name], card_msg_content_type="user_card_content")
            same(f"{name}: as it was sent", said(as_sent), sent)

    text = read(ids["text"])
    sender = (text.sender.id, text.sender.id_type, text.sender.sender_type, text.sender.tenant_key)
    same("text: its sender", sender, (ready["app_id"], "app_id", "app", ready["tenant_key"]))
    (mention,) = text.mentions
    shown = (mention.key, mention.id, mention.id_type, mention.name)
    same("text: its mention", shown, ("@_user_1", ada["open_id"], "open_id", ada["name"]))
    (mention,) = read(ids["text"], user_id_type="union_id").mentions
    same("text: its mention by union_id", mention.id, ada["union_id"])

    divider = {"type": "divider", "params": {"divider_text": {"text": "New session"}}}
    same("system: for a user", done(send(to_user[0], "system", divider)).msg_type, "system")
    refused("system: for a group", send(to_group, "system", divider), 230001)
    sticker = {"file_key": "file_v3_00000000"}
    refused("sticker: one the bot was never sent", send(to_group, "sticker", sticker), 230001)
    return group, ids


def resources(ids, image_keys, file_keys):
    section("What stands in messages")

    def get(name, key, kind):
        request = make(im.GetMessageResourceRequest, message_id=ids[name], file_key=key, type=kind)
        return api.message_resource.get(request)

    png, video = image_keys["gradient.png"], file_keys["mp4"]
    for name, key, kind, fixture in (
        ("image", png, "image", "gradient.png"),
        ("post", png, "image", "gradient.png"),
        ("file", file_keys["pdf"], "file", "page.pdf"),
        ("audio", file_keys["opus"], "file", "tone.opus"),
        ("media", video, "file", "gradient.mp4"),
        ("media", image_keys["gradient.jpg"], "image", "gradient.jpg"),
    ):
        answer, original = get(name, key, kind), (HERE / "fixtures" / fixture).read_bytes()
        whole = answer.success() and answer.file.read() == original
        check(f"{name}: its {kind}, byte by byte", whole, answer.msg)
    same("media: under its name", get("media", video, "file").file_name, "渐变 video.mp4")

    refused("a key from elsewhere", get("image", image_keys["gradient.gif"], "image"), 234003)
    refused("out of a card", get("card 1.0", png, "image"), 234043)
    refused("an unknown type", get("image", png, "video"), 234001)


def replies(group, ids):
    section("Replies and threads")
    root = ids["text"]
    first = done(reply(root, "tomorrow"))
    same("a reply: root and parent", (first.root_id, first.parent_id), (root, root))
    second = done(reply(first.message_id, "why not today"))
    same("a reply to it: root and parent", (second.root_id, second.parent_id), (root, first.message_id))
    same("neither stands in a thread", (first.thread_id, second.thread_id), (None, None))
    once = str(uuid.uuid4())
    twice = [done(reply(root, "only once", uuid=once)).message_id for _ in range(2)]
    same("a reply with the same uuid: the same message", twice[0], twice[1])

    root = ids["image"]
    first = done(reply(root, "in a thread", reply_in_thread=True))
    check("reply_in_thread: a thread begins", str(first.thread_id).startswith("omt_"), first.thread_id)
    same("the root stands in it", read(root).thread_id, first.thread_id)
    second = done(reply(first.message_id, "and so is this"))
    same("a reply to the reply stands in it", second.thread_id, first.thread_id)
    same("its root and parent: the root of the thread", (second.root_id, second.parent_id), (root, root))
    threaded = [first.message_id, second.message_id]
    same("the thread, page by page", texts(list_pages("thread", first.thread_id, page_size=1)), threaded)
    check("the chat does not show it", not set(threaded) & set(texts(list_pages("chat", group))), threaded)


def history():
    section("Getting and listing messages")
    group = new_group("History", ada)
    to_group = ("chat_id", group)
    sent = [done(send(to_group, "text", {"text": f"line {number}"})).message_id for number in range(7)]

    found = list_pages("chat", group, page_size=3)
    same("listed, oldest first", texts(found), sent)
    check("listed: no page beyond page_size", all(len(page.items) <= 3 for page in found), found)
    check("listed: the last page names no other", not found[-1].page_token, found[-1].page_token)
    found = list_pages("chat", group, page_size=3, sort_type="ByCreateTimeDesc")
    same("listed, newest first", texts(found), sent[::-1])
    tomorrow = str(int(time.time()) + 24 * 60 * 60)
    same("listed, from tomorrow on", texts(list_pages("chat", group, start_time=tomorrow)), [])

    message = read(sent[0])
    same("got: its chat", message.chat_id, group)
    same("got: neither edited nor recalled", (message.updated, message.deleted), (False, False))
    age = time.time() * 1000 - int(message.create_time)
    check("got: sent a moment ago, in ms", 0 <= age < 60_000, age)
    queries = [("message_ids", message_id) for message_id in sent[:3]]
    answer = get_raw("/open-apis/im/v1/messages/mget", queries)
    same("mget: in the order asked for", [item["message_id"] for item in answer["data"]["items"]], sent[:3])

    once = str(uuid.uuid4())
    twice = [done(send(to_group, "text", {"text": "only once"}, uuid=once)).message_id for _ in range(2)]
    same("sent with the same uuid: the same message", twice[0], twice[1])
    same("sent with the same uuid: listed once", texts(list_pages("chat", group)), [*sent, twice[0]])

    answer = api.message.get(make(im.GetMessageRequest, message_id="om_" + "0" * 32))
    refused("a message that does not exist", answer, 99992354)
    query = {"container_id_type": "chat", "container_id": group, "page_size": 51}
    refused("a page of 51", api.message.list(make(im.ListMessageRequest, **query)), 99992402)


def edits():
    section("Editing and recalling")
    group = new_group("Edits", ada)
    message_id = done(send(("chat_id", group), "text", {"text": "sow basel"})).message_id
    basil = {"text": "sow basil"}
    same("edited: as the answer shows it", said(done(edit(message_id, "text", basil))), basil)
    message = read(message_id)
    same("edited: as readers get it", said(message), basil)
    same("edited: it says so", message.updated, True)
    later = int(message.update_time) >= int(message.create_time)
    check("edited: not before it was sent", later, message.update_time)
    card = {"elements": [{"tag": "hr"}]}
    card_id = done(send(("chat_id", group), "interactive", card)).message_id
    refused("an edited card", edit(card_id, "text", {"text": "x"}), 230054)
    refused("a text that becomes a card", edit(message_id, "interactive", card), 230001)

    same("recalled", api.message.delete(make(im.DeleteMessageRequest, message_id=message_id)).code, 0)
    message = read(message_id)
    same("recalled: it says so", message.deleted, True)
    check("recalled: its content is gone", not message.body or not message.body.content, message.body)
    items = {item.message_id: item for page in list_pages("chat", group) for item in page.items}
    shown = (items[message_id].deleted, items[message_id].body.content)
    same("recalled: what a list shows", shown, (True, "This message was recalled"))
    refused("a reply to it", reply(message_id, "too late"), 230011)
    refused("an edit of it", edit(message_id, "text", {"text": "too late"}), 230011)


def refused_messages(file_keys):
    section("Messages that are refused")
    to_ada, hello = ("open_id", ada["open_id"]), {"text": "hello"}

    fields = {"receive_id": ada["open_id"], "msg_type": "text", "content": json.dumps(hello)}
    body = make(im.CreateMessageRequestBody, **fields)
    answer = api.message.create(make(im.CreateMessageRequest, request_body=body))
    refused("no receive_id_type", answer, 99992402)
    fields = [violation["field"] for violation in answer.error["field_violations"]]
    same("no receive_id_type: the field is named", fields, ["receive_id_type"])

    refused("an unknown receive_id_type", send(("phone", "1"), "text", hello), 99992402)
    refused("an unknown msg_type", send(to_ada, "hologram", hello), 230001)
    refused("content that is no object", send(to_ada, "text", "hello"), 230001)
    refused("content of another type", send(to_ada, "image", hello), 230001)
    refused("an image that was not uploaded", send(to_ada, "image", {"image_key": "img_v3_00000000"}), 230001)
    refused("a video sent as a file", send(to_ada, "file", {"file_key": file_keys["mp4"]}), 230055)
    refused("a text beyond 150 KB", send(to_ada, "text", {"text": "x" * 150 * 1024}), 230025)
    refused("a card that is a list", send(to_ada, "interactive", []), 230099)
    refused("an open_id of nobody", send(("open_id", NOBODY), "text", hello), 230034)
    refused("an e-mail address of nobody", send(("email", "nobody@larkspur.example"), "text", hello), 230034)


def users():
    section("Users")
    directory = client.contact.v3.user

    def get(kind, user_id):
        return directory.get(make(contact.GetUserRequest, user_id_type=kind, user_id=user_id))

    for kind in ("open_id", "union_id", "user_id"):
        user = done(get(kind, ada[kind])).user
        names = {"open_id": user.open_id, "union_id": user.union_id, "user_id": user.user_id}
        same(f"got by {kind}", {**names, "name": user.name, "email": user.email}, ada)
    check("got: they work here", user.status.is_activated and not user.status.is_resigned, vars(user.status))
    check("got: a picture", user.avatar and user.avatar.avatar_72.startswith("http"), user.avatar)
    refused("someone who does not exist", get("open_id", NOBODY), 99992351)

    ids, both = [ada["open_id"], lin["open_id"]], {ada["open_id"]: ada["name"], lin["open_id"]: lin["name"]}
    batch = done(directory.batch(make(contact.BatchUserRequest, user_ids=ids)))
    same("batch", {one.open_id: one.name for one in batch.items}, both)
    body = make(contact.BasicBatchUserRequestBody, user_ids=ids)
    basic = done(directory.basic_batch(make(contact.BasicBatchUserRequest, request_body=body)))
    same("basic_batch", {one.user_id: one.name for one in basic.users}, both)

    wanted = {lin["email"]: lin["open_id"], user.mobile: ada["open_id"], "nobody@larkspur.example": None}
    emails = [address for address in wanted if "@" in address]
    body = make(contact.BatchGetIdUserRequestBody, emails=emails, mobiles=[user.mobile])
    found = done(directory.batch_get_id(make(contact.BatchGetIdUserRequest, request_body=body))).user_list
    ids = {one.email or one.mobile: one.user_id for one in found}
    same("batch_get_id, by address and number", ids, wanted)


def story():
    print(f"Python, lark-oapi {version('lark-oapi')}")
    tokens()
    bot()
    image_keys = pictures()
    avatar_key = avatar()
    refused_pictures()
    file_keys = files()
    chats(avatar_key)
    members()
    leaving()
    group, ids = every_type(image_keys, file_keys)
    resources(ids, image_keys, file_keys)
    replies(group, ids)
    history()
    edits()
    refused_messages(file_keys)
    users()


# A platform that falls silent must not hold up whoever runs this.
faulthandler.dump_traceback_later(60, exit=True)
try:
    story()
except Exception:
    check("the story was told to its end", False, traceback.format_exc())
print(f"\n  Python: {passed} checks passed, {failed} failed")
sys.exit(1 if failed else 0)
