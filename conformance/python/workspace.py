"""The workspace of the story: its app, its users, and what all parts of the story do with them."""

import io
import json
import sys
from pathlib import Path

import lark_oapi as lark
from lark_oapi.api.im import v1 as im

from checks import connect, done, make, own_data
from coverage import Watched

NOBODY = "ou_" + "0" * 32

ready = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
lin, chen, ada, sam = ready["users"]


def client_with(app_secret):
    builder = lark.Client.builder().domain(ready["base_url"]).app_id(ready["app_id"]).app_secret(app_secret)
    return builder.timeout(10).enable_set_token(True).log_level(lark.LogLevel.ERROR).build()


sdk = client_with(ready["app_secret"])
client = Watched(sdk)
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


def in_the_name_of(user):
    """What a call is given for a user to make it. The platform logs them in without asking."""
    asked = {"user": user["email"], "app_id": ready["app_id"]}
    token = own_data(connect(ready["base_url"]), "POST", "users/token", asked)["access_token"]
    return lark.RequestOption.builder().user_access_token(token).build()


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
