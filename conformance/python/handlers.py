"""The app that hears of what happens: its platform, its client, its handlers."""

import json
import sys
import threading
from pathlib import Path

import lark_oapi as lark
from lark_oapi.api.im import v1 as im
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse
from lark_oapi.event.callback.model.p2_url_preview_get import P2URLPreviewGetResponse

from checks import connect, done, make, own, own_data, wait_until
from serving import Platform

# The SDK logs every connection that is lost and every handler that fails, and here all of them are wanted.
QUIET = lark.LogLevel.CRITICAL


platform = Platform(sys.argv[1], Path(sys.argv[2]))
platform.start()
ready, base_url = platform.ready, platform.ready["base_url"]
lin, chen, ada, sam = ready["users"]
garden = ready["chat_id"]

builder = lark.Client.builder().domain(base_url).app_id(ready["app_id"]).app_secret(ready["app_secret"])
client = builder.timeout(10).log_level(QUIET).build()
api = client.im.v1


def ask(method, path, body=None):
    return own_data(connect(base_url), method, path, body)


def act(what, **fields):
    """Something that a user does."""
    return ask("POST", f"act/{what}", fields)


def set_app(**fields):
    """Changes the app, as in a developer console. An address is checked by that."""
    return own(connect(base_url), "PATCH", f"apps/{ready['app_id']}", fields)


def connections():
    return ask("GET", f"apps/{ready['app_id']}/connections")["items"]


def ledger():
    return ask("GET", f"deliveries?app_id={ready['app_id']}&page_size=1")["ledger"]


def delivery(event_id, state):
    """What became of an event, once it is in this state."""

    def settled():
        shown = ask("GET", f"deliveries/{event_id}")
        return shown if shown["state"] == state else None

    return wait_until(f"{event_id} is {state}", settled)


def new_group(name, *users):
    body = make(im.CreateChatRequestBody, name=name, user_id_list=[user["open_id"] for user in users])
    return done(api.chat.create(make(im.CreateChatRequest, request_body=body))).chat_id


def send_card(card):
    fields = {"receive_id": garden, "msg_type": "interactive", "content": json.dumps(card)}
    body = make(im.CreateMessageRequestBody, **fields)
    request = make(im.CreateMessageRequest, receive_id_type="chat_id", request_body=body)
    return done(api.message.create(request)).message_id


def card_now(message_id):
    """The card that stands in a message."""
    query = {"message_id": message_id, "card_msg_content_type": "user_card_content"}
    return json.loads(done(api.message.get(make(im.GetMessageRequest, **query))).items[0].body.content)


def newest_text(chat_id):
    query = {"container_id_type": "chat", "container_id": chat_id, "page_size": 1}
    request = make(im.ListMessageRequest, sort_type="ByCreateTimeDesc", **query)
    items = done(api.message.list(request)).items
    return json.loads(items[0].body.content).get("text") if items else None


class Inbox:
    """Messages as a handler gets them: each event once, in the order in which they first came."""

    def __init__(self):
        self.news = threading.Condition()
        self.events = {}
        self.again = 0

    def handle(self, data):
        with self.news:
            if data.header.event_id in self.events:
                self.again += 1
            self.events.setdefault(data.header.event_id, data)
            self.news.notify_all()

    def texts(self, chat_id):
        messages = [data.event.message for data in self.events.values()]
        return [json.loads(message.content)["text"] for message in messages if message.chat_id == chat_id]

    def wait_for(self, count, seconds=60):
        """Waits for this many events, and tells how many there are then."""
        with self.news:
            self.news.wait_for(lambda: len(self.events) >= count, seconds)
            return len(self.events)

    def wait_for_text(self, text):
        """The event that brings a text."""

        def found():
            for data in self.events.values():
                if json.loads(data.event.message.content).get("text") == text:
                    return data
            return None

        with self.news:
            return self.news.wait_for(found, 20)


inbox = Inbox()
asked = []


def card(*elements):
    return {"config": {"update_multi": True}, "elements": list(elements)}


def words(content):
    return {"tag": "div", "text": {"tag": "plain_text", "content": content}}


def button(value):
    yes = {"tag": "button", "text": {"tag": "plain_text", "content": "Yes"}, "value": value}
    return {"tag": "action", "actions": [yes]}


def update_card(token, new):
    """The delayed update, for which the SDK has no method."""
    request = lark.BaseRequest.builder().http_method(lark.HttpMethod.POST)
    request.uri("/open-apis/interactive/v1/card/update").token_types({lark.AccessTokenType.TENANT})
    return client.request(request.body({"token": token, "card": new}).build())


WATERED = card(words("Watered"))
TOAST = {"type": "success", "content": "好的"}
ANSWERS = {
    "toast and card": {"toast": TOAST, "card": {"type": "raw", "data": WATERED}},
    "toast": {"toast": TOAST},
    "card 1.0": {"card": {"type": "raw", "data": WATERED}},
    "no card": {"card": {"type": "raw", "data": "x"}},
}
updated_early = []


def on_card(data):
    asked.append(data)
    plan = data.event.action.value["answer"]
    if plan == "throw":
        raise RuntimeError("as planned")
    if plan == "update":
        updated_early.append(update_card(data.event.token, WATERED))
    return P2CardActionTriggerResponse(ANSWERS[plan]) if plan in ANSWERS else None


def preview_of(link):
    return {"inline": {"title": "Basil", "url": {"copy_url": link}}}


def on_link(data):
    asked.append(data)
    return P2URLPreviewGetResponse(preview_of(data.event.context.url))


def dispatcher(encrypt_key="", verification_token="", on_message=inbox.handle):
    built = lark.EventDispatcherHandler.builder(encrypt_key, verification_token)
    built.register_p2_im_message_receive_v1(on_message).register_p2_card_action_trigger(on_card)
    return built.register_p2_url_preview_get(on_link).build()


def listener(app_secret):
    fields = {"event_handler": dispatcher(), "domain": base_url, "log_level": QUIET}
    return lark.ws.Client(ready["app_id"], app_secret, **fields)
