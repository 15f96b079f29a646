"""Walks through the platform with the official Python SDK: story.py READY_FILE"""

import asyncio
import base64
import hashlib
import hmac
import io
import json
import struct
import sys
import time
import uuid
from importlib.metadata import version
from pathlib import Path

import lark_oapi as lark
from lark_oapi.api.auth import v3 as auth
from lark_oapi.api.contact import v3 as contact
from lark_oapi.api.im import v1 as im
from lark_oapi.api.im import v2 as im_v2
from lark_oapi.core.exception import ObtainAccessTokenException

from checks import HERE, REFUSALS, begins, check, connect, done, make, own_data, refused, same, section, tell

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


def raw(method, uri, body=None, queries=()):
    """Calls a path that the SDK has no method for."""
    builder = lark.BaseRequest.builder().http_method(method).uri(uri).queries(list(queries)).body(body)
    return client.request(builder.token_types({lark.AccessTokenType.TENANT}).build())


def get_raw(uri, queries=()):
    return json.loads(raw(lark.HttpMethod.GET, uri, queries=queries).raw.content)


def act(what, **fields):
    """Something that a user does."""
    return own_data(connect(ready["base_url"]), "POST", f"act/{what}", fields)


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


def leave(chat_id):
    """The bot removes itself."""
    body = make(im.DeleteChatMembersRequestBody, id_list=[ready["app_id"]])
    fields = {"chat_id": chat_id, "member_id_type": "app_id", "request_body": body}
    return done(api.chat_members.delete(make(im.DeleteChatMembersRequest, **fields)))


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
    same("the bot removes itself", leave(chat_id).invalid_id_list, [])
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


def reactions():
    section("Reactions")
    group = new_group("Reactions", ada, lin)
    message_id = done(send(("chat_id", group), "text", {"text": "it rains"})).message_id

    def react(message_id, emoji_type):
        body = make(im.CreateMessageReactionRequestBody, reaction_type=make(im.Emoji, emoji_type=emoji_type))
        request = make(im.CreateMessageReactionRequest, message_id=message_id, request_body=body)
        return api.message_reaction.create(request)

    def unreact(message_id, reaction_id):
        fields = {"message_id": message_id, "reaction_id": reaction_id}
        return api.message_reaction.delete(make(im.DeleteMessageReactionRequest, **fields))

    def listed(**more):
        request = make(im.ListMessageReactionRequest, message_id=message_id, **more)
        return api.message_reaction.list(request)

    def counted(*message_ids):
        queries = [{"message_id": message_id} for message_id in message_ids]
        body = make(im.BatchQueryMessageReactionRequestBody, queries=queries)
        request = make(im.BatchQueryMessageReactionRequest, request_body=body)
        return done(api.message_reaction.batch_query(request))

    def by(reaction):
        operator = reaction.operator
        return operator.operator_type, operator.operator_id, reaction.reaction_type.emoji_type

    smile = done(react(message_id, "SMILE"))
    same("added: by whom, and what", by(smile), ("app", ready["app_id"], "SMILE"))
    age = time.time() * 1000 - int(smile.action_time)
    check("added: a moment ago, in ms", 0 <= age < 60_000, age)
    again = done(react(message_id, "SMILE")).reaction_id
    same("added again: the same reaction", again, smile.reaction_id)
    by_ada = act("react", user=ada["open_id"], message_id=message_id, emoji_type="SMILE")["reaction_id"]
    thumb = done(react(message_id, "THUMBSUP"))

    query = {"message_id": message_id, "page_size": 1}
    found = pages(api.message_reaction.list, im.ListMessageReactionRequest, **query)
    all_three = [smile.reaction_id, by_ada, thumb.reaction_id]
    same("listed, page by page", [one.reaction_id for page in found for one in page.items], all_three)
    smiles = done(listed(reaction_type="SMILE", user_id_type="union_id")).items
    expected = [("app", ready["app_id"], "SMILE"), ("user", ada["union_id"], "SMILE")]
    same("listed by emoji, users by union_id", [by(one) for one in smiles], expected)

    batch = counted(message_id, "om_" + "0" * 32)
    (counts,) = batch.success_msg_reaction_counts
    found = {one.reaction_type: int(one.count) for one in counts.reaction_count}
    same("batch_query: how many of each", found, {"SMILE": 2, "THUMBSUP": 1})
    details = batch.success_msg_reaction_details[0].message_reaction_items
    same("batch_query: which", [one.reaction_id for one in details], all_three)
    same("batch_query: why not", [one.fail_reason for one in batch.fail_msg_reaction_details], ["invalid"])

    same("taken away: what it was", by(done(unreact(message_id, thumb.reaction_id))), by(thumb))
    left = [one.reaction_id for one in done(listed()).items]
    same("taken away: the others stay", left, all_three[:2])

    other = done(send(("chat_id", group), "text", {"text": "it pours"})).message_id
    refused("a Unicode emoji", react(message_id, "🌧"), 231001)
    refused("below a message that does not exist", react("om_" + "0" * 32, "SMILE"), 231003)
    refused("someone else's taken away", unreact(message_id, by_ada), 231007)
    refused("from below another message", unreact(other, smile.reaction_id), 231010)
    refused("one that does not exist", unreact(message_id, thumb.reaction_id), 231011)
    refused("a page_token of nothing", listed(page_token="made-up"), 231012)
    refused("an unknown user_id_type", listed(user_id_type="email"), 231014)
    divider = {"type": "divider", "params": {"divider_text": {"text": "New session"}}}
    notice = done(send(("open_id", chen["open_id"]), "system", divider)).message_id
    refused("below a notice of the system", react(notice, "SMILE"), 231017)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=other)))
    refused("below a recalled message", react(other, "SMILE"), 231003)
    leave(group)
    refused("from outside the chat", react(message_id, "LAUGH"), 231002)
    refused("listed from outside the chat", listed(), 231008)


def patches():
    section("Cards replaced")

    def card(text, **config):
        div = {"tag": "div", "text": {"tag": "plain_text", "content": text}}
        return {"config": config, "elements": [div]}

    def patch(message_id, content):
        body = make(im.PatchMessageRequestBody, content=json.dumps(content))
        return api.message.patch(make(im.PatchMessageRequest, message_id=message_id, request_body=body))

    to_group = ("chat_id", new_group("Cards", ada))
    shared = done(send(to_group, "interactive", card("sow", update_multi=True))).message_id
    own_copy = done(send(to_group, "interactive", card("sow"))).message_id
    text = done(send(to_group, "text", {"text": "sow"})).message_id

    reap = card("reap", update_multi=True)
    same("replaced", patch(shared, reap).code, 0)
    same("replaced: what it is now", said(read(shared, card_msg_content_type="user_card_content")), reap)
    elements = [{"tag": "markdown", "content": "**Reap**"}]
    card_2 = {"schema": "2.0", "body": {"elements": elements}}
    same("by a card 2.0", patch(shared, card_2).code, 0)
    same("by a card 2.0: it is", said(read(shared, card_msg_content_type="user_card_content")), card_2)

    refused("a text", patch(text, reap), 230001)
    refused("a card that is not shared", patch(own_copy, reap), 230099)
    refused("by a card that is not shared", patch(shared, card("reap")), 230099)
    refused("by a list", patch(shared, []), 230099)
    refused("a message that does not exist", patch("om_" + "0" * 32, reap), 99992354)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=shared)))
    refused("a recalled card", patch(shared, reap), 230011)


def card_updates():
    section("Cards updated after a click, without one")

    def update(token, card):
        fields = {"token": token, "card": card}
        return raw(lark.HttpMethod.POST, "/open-apis/interactive/v1/card/update", fields)

    card = {"elements": [{"tag": "hr"}]}
    refused("what is no token", update("made-up", card), 300020)
    refused("a token that is no longer known", update("c-" + "0" * 32, card), 300030)
    refused("a card in a string", update("c-" + "0" * 32, json.dumps(card)), 100030)


def readers():
    section("Who has read a message")
    group = new_group("Readers", ada, lin)
    message_id = done(send(("chat_id", group), "text", {"text": "read me"})).message_id

    def read_by(message_id, **more):
        return api.message.read_users(make(im.ReadUsersMessageRequest, message_id=message_id, **more))

    same("nobody yet", done(read_by(message_id, user_id_type="open_id")).items, [])
    for user in (lin, ada):
        newly = act("read", user=user["open_id"], chat_id=group)["message_id_list"]
        check(f"{user['name']} reads it", message_id in newly, newly)
    for kind in ("open_id", "union_id", "user_id"):
        query = {"message_id": message_id, "user_id_type": kind, "page_size": 1}
        found = pages(api.message.read_users, im.ReadUsersMessageRequest, **query)
        ids = [(one.user_id_type, one.user_id) for page in found for one in page.items]
        same(f"by {kind}, in the order they read", ids, [(kind, lin[kind]), (kind, ada[kind])])
    (one,) = found[0].items
    age = time.time() * 1000 - int(one.timestamp)
    check("read a moment ago, in ms", 0 <= age < 60_000, age)
    same("of which tenant", one.tenant_key, ready["tenant_key"])

    by_ada = act("send", user=ada["open_id"], chat_id=group, text="done")["message_id"]
    refused("a message of someone else", read_by(by_ada, user_id_type="open_id"), 230012)
    refused("a message that does not exist", read_by("om_" + "0" * 32, user_id_type="open_id"), 99992354)
    refused("no user_id_type", read_by(message_id), 99992402)
    refused("a page of 101", read_by(message_id, user_id_type="open_id", page_size=101), 99992402)


def follow_ups():
    section("Bubbles below a message")

    def push(message_id, *bubbles):
        body = make(im.PushFollowUpMessageRequestBody, follow_ups=list(bubbles))
        request = make(im.PushFollowUpMessageRequest, message_id=message_id, request_body=body)
        return api.message.push_follow_up(request)

    def in_english(*contents):
        words = [make(im.I18nContent, content=content, language="en_us") for content in contents]
        return make(im.FollowUp, content="浇水", i18n_contents=words)

    # Nobody else writes to this user.
    to_chen = ("open_id", chen["open_id"])
    yes, no = make(im.FollowUp, content="Yes"), make(im.FollowUp, content="No")
    older = done(send(to_chen, "text", {"text": "Water the basil?"})).message_id
    message_id = done(send(to_chen, "text", {"text": "And the mint?"})).message_id
    refused("each language once", push(message_id, in_english("Water", "Sprinkle")), 230007)
    refused("four of them", push(message_id, yes, no, yes, no), 99992402)
    refused("none", push(message_id), 99992402)
    same("pushed", push(message_id, yes, no, in_english("Water")).code, 0)
    refused("once more", push(message_id, yes), 230008)
    refused("below an older message", push(older, yes), 230006)
    group = new_group("Bubbles", chen)
    in_group = done(send(("chat_id", group), "text", {"text": "Water the basil?"})).message_id
    refused("in a group", push(in_group, yes), 230003)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=older)))
    refused("below a recalled message", push(older, yes), 230004)


def previews():
    section("Previews of links, of which nobody asked for one")

    def update(*tokens):
        body = make(im_v2.BatchUpdateUrlPreviewRequestBody, preview_tokens=list(tokens))
        request = make(im_v2.BatchUpdateUrlPreviewRequest, request_body=body)
        return client.im.v2.url_preview.batch_update(request)

    refused("a token that nobody issued", update(str(uuid.uuid4())), 230001)
    refused("no token", update(), 99992402)
    refused("eleven tokens", update(*(str(uuid.uuid4()) for _ in range(11))), 99992402)


def dissolving():
    section("Dissolving a group")

    def dissolve(chat_id):
        return api.chat.delete(make(im.DeleteChatRequest, chat_id=chat_id))

    group = new_group("For a day", ada)
    same("dissolved", dissolve(group).code, 0)
    same("dissolved: it says so", get_chat(group).chat_status, "dissolved")
    listed = pages(api.chat.list, im.ListChatRequest, page_size=100)
    ids = [chat.chat_id for page in listed for chat in page.items]
    check("dissolved: not in the list of chats", group not in ids, ids)
    refused("once more", dissolve(group), 232009)
    refused("a message to it", send(("chat_id", group), "text", {"text": "hello"}), 232009)
    refused("its members", api.chat_members.get(make(im.GetChatMembersRequest, chat_id=group)), 232009)

    # The owner is someone else, but the bot has made it.
    same("by its maker", dissolve(new_group("Given away", ada, owner_id=lin["open_id"])).code, 0)

    left = new_group("Left behind", ada, owner_id=lin["open_id"])
    leave(left)
    refused("from outside", dissolve(left), 232011)
    p2p = act("enter", user=chen["open_id"])["chat_id"]
    refused("a chat with one user", dissolve(p2p), 232008)
    refused("one that does not exist", dissolve("oc_" + "0" * 32), 232006)


def custom_bots():
    section("Custom bots")
    hooks = {hook["name"]: hook for hook in ready["hooks"]}
    gauge, alarm = hooks["Rain gauge"], hooks["Frost alarm"]

    def post(hook, **body):
        path = hook["url"].removeprefix(ready["base_url"])
        connection = connect(ready["base_url"])
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.load(answer)

    def signed(age=0):
        timestamp = str(int(time.time()) - age)
        digest = hmac.new(f"{timestamp}\n{alarm['secret']}".encode(), digestmod=hashlib.sha256).digest()
        return {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}

    def refusal(name, hook, code, **body):
        status, answer = post(hook, **body)
        told = (status, answer["code"], begins(code, answer["msg"]))
        check(f"{name}: {code}", told == (200, code, True), answer)

    def heard():
        """What stands in the group: the sender and the words."""
        page = list_pages("chat", gauge["chat_id"], sort_type="ByCreateTimeDesc")[0]
        return [(one.sender.sender_type, said(one)) for one in page.items if one.msg_type == "text"]

    nonce = uuid.uuid4().hex
    content = {"text": f"12 mm {nonce}"}
    expected = {"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"}
    status, answer = post(gauge, msg_type="text", content=content)
    same("sent: the answer for callers of either time", (status, answer), (200, {**expected, "Extra": None}))
    same("sent: the group hears it", heard()[0], ("app", content))
    frost = {"text": f"frost tonight {nonce}"}
    same("sent with a signature", post(alarm, msg_type="text", content=frost, **signed())[1]["code"], 0)
    same("sent with a signature: the group hears it", heard()[0], ("app", frost))
    before = heard()

    refusal("without its signature", alarm, 19021, msg_type="text", content=frost)
    wrong = {**signed(), "sign": base64.b64encode(bytes(32)).decode()}
    refusal("with a wrong signature", alarm, 19021, msg_type="text", content=frost, **wrong)
    refusal("signed two hours ago", alarm, 19021, msg_type="text", content=frost, **signed(age=7200))
    refusal("without the keyword", alarm, 19024, msg_type="text", content={"text": "all is well"}, **signed())
    refusal("without msg_type", gauge, 19002, content=content)
    unknown = {**gauge, "url": f"{ready['base_url']}/open-apis/bot/v2/hook/{uuid.uuid4()}"}
    refusal("at an address of nobody", unknown, 19001, msg_type="text", content=content)
    same("refused: the group hears nothing of it", heard(), before)


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
    reactions()
    patches()
    card_updates()
    readers()
    follow_ups()
    previews()
    refused_messages(file_keys)
    users()
    dissolving()
    custom_bots()


tell("Python", story, seconds=60)
