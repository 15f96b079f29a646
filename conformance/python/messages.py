"""Messages of every type, what stands in them, and what is refused."""

import json

from lark_oapi.api.im import v1 as im

from checks import HERE, check, done, make, refused, same, section
from workspace import NOBODY, ada, api, lin, new_group, read, ready, said, send


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
