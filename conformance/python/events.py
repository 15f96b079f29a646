"""Receives what happens with the official Python SDK: events.py LARKSPUR FOLDER

The story starts the platform itself, since it also stops and kills it.
"""

import http.client
import itertools
import json
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

import lark_oapi as lark
from lark_oapi.api.im import v1 as im
from lark_oapi.api.im import v2 as im_v2
from lark_oapi.core.model import RawRequest
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse
from lark_oapi.event.callback.model.p2_url_preview_get import P2URLPreviewGetResponse
from lark_oapi.ws.exception import ClientException

from checks import check, connect, done, make, own, own_data, refused, same, section, tell, wait_until
from serving import Platform

# What befalls the platform in the middle of each burst of messages.
TROUBLES = ("cuts", "cuts", "SIGTERM", "cuts", "SIGKILL")
BURST = 2000
GROUPS = 4

ENCRYPT_KEY = "v3ct0r-encrypt-key"

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


def connecting():
    section("Connecting")
    try:
        listener("not the secret").start()
        check("a wrong app_secret ends it: 1000040344", False, "it connected")
    except ClientException as error:
        same("a wrong app_secret ends it: 1000040344", error.code, 1000040344)
    threading.Thread(target=listener(ready["app_secret"]).start, daemon=True).start()
    wait_until("the SDK is connected", connections)
    same("connected", len(connections()), 1)


class Speaker:
    """A chat, and users who write there one message after the other, over one connection."""

    def __init__(self, name, chat_id, *users):
        self.name, self.chat_id, self.users, self.said = name, chat_id, itertools.cycle(users), 0
        self.connection = connect(base_url)

    def talk(self, count):
        for user in itertools.islice(self.users, count):
            self.say(user, str(self.said))
            self.said += 1

    def say(self, user, text):
        body = {"user": user["open_id"], "chat_id": self.chat_id, "text": text}
        try:
            own_data(self.connection, "POST", "act/send", body)
        except (OSError, http.client.HTTPException):
            self.connection.close()
            if not platform.up.wait(20):
                raise
            # Whether it was said before the platform went down only the chat knows.
            if newest_text(self.chat_id) != text:
                self.say(user, text)


def reconnected():
    """How long the SDK took to come back, in s."""
    began = time.monotonic()
    wait_until("the SDK is connected again", connections, 60)
    return time.monotonic() - began


def befall(trouble):
    if trouble == "cuts":
        cut, took = [], []
        for _ in range(3):
            cut.append(ask("DELETE", f"apps/{ready['app_id']}/connections")["count"])
            # The next one comes while what has piled up goes out.
            took.append(reconnected())
        same("three cuts: each of one connection", cut, [1, 1, 1])
    else:
        how = signal.Signals[trouble]
        expected = 0 if how == signal.SIGTERM else -how
        same(f"{trouble}: the platform ends with {expected}", platform.stop(how), expected)
        platform.start()
        took = [reconnected()]
    check(f"{trouble}: connected again within 10 s: {max(took):.1f} s", max(took) < 10)


def burst(speakers, trouble):
    """Everyone talks at once, and in the middle of it there is trouble."""
    before = sum(speaker.said for speaker in speakers)
    with ThreadPoolExecutor(len(speakers)) as pool:
        talks = [pool.submit(speaker.talk, BURST // len(speakers)) for speaker in speakers]

        def half():
            said = sum(speaker.said for speaker in speakers) - before
            return said >= BURST // 2 or any(talk.done() for talk in talks)

        wait_until("half of the burst is sent", half, 60)
        befall(trouble)
        for talk in talks:
            talk.result()
    sent = before + BURST
    same(f"{sent} messages, and every one was handled", inbox.wait_for(sent), sent)


def ten_thousand():
    total = BURST * len(TROUBLES)
    section(f"{total} messages, with cuts and restarts")
    same("nothing was owed before", ledger()["created"], 0)
    users, speakers = ready["users"], []
    for user in users:
        speakers.append(Speaker(user["name"], act("enter", user=user["open_id"])["chat_id"], user))
    for name in [f"Bed {number + 1}" for number in range(GROUPS)]:
        speakers.append(Speaker(name, new_group(name, *users), *users))
    for trouble in TROUBLES:
        burst(speakers, trouble)
    print(f"          {inbox.again} came twice, as they may: nobody knows what became of them in a cut")

    same("none more", len(inbox.events), total)
    message_ids = {data.event.message.message_id for data in inbox.events.values()}
    same("each message in one event", len(message_ids), total)
    for speaker in speakers:
        heard, said = inbox.texts(speaker.chat_id), [str(number) for number in range(speaker.said)]
        at = next((place for place, pair in enumerate(zip(heard, said)) if len(set(pair)) == 2), None)
        detail = f"{len(heard)}, not in order from {at} on"
        check(f"{speaker.name}: {len(said)} in order", heard == said, detail)
    wait_until("nothing is on its way", lambda: ledger()["pending"] == 0)
    same("the ledger", ledger(), {"created": total, "delivered": total, "pending": 0, "expired": 0})


def click(plan, *, of=None, **value):
    """Ada presses the button of a card whose value tells the handler what to answer."""
    message_id = send_card(of or card(button({"answer": plan, **value})))
    answer = own(connect(base_url), "POST", "act/click", {"user": ada["open_id"], "message_id": message_id})
    return message_id, answer


def callbacks():
    section("Asked over the long connection")
    value = {"row": 7, "10": "薄荷/mint", "9": 1.5}
    message_id, answer = click("toast and card", **value)
    shown = {"answer": ANSWERS["toast and card"], "toast": "好的", "card_updated": True}
    same("card.action.trigger: toast and card come back", answer["data"], shown)
    same("card.action.trigger: the card is replaced", card_now(message_id), WATERED)
    event = asked[-1].event
    saw = (event.operator.open_id, event.operator.union_id, event.operator.tenant_key)
    same("the handler: who", saw, (ada["open_id"], ada["union_id"], ready["tenant_key"]))
    saw = (event.host, event.context.open_message_id, event.context.open_chat_id)
    same("the handler: where", saw, ("im_message", message_id, garden))
    saw = (event.action.tag, event.action.value)
    same("the handler: what", saw, ("button", {"answer": "toast and card", **value}))

    first, second = card(words("Watered twice")), card(words("Watered thrice"))
    same("a delayed update", update_card(event.token, first).code, 0)
    same("a delayed update: the card is replaced", card_now(message_id), first)
    same("another one", update_card(event.token, second).code, 0)
    refused("and no third", update_card(event.token, first), 300040)
    same("and no third: the card stays", card_now(message_id), second)
    click("update")
    refused("an update before the answer", updated_early.pop(), 200810)

    message_id, answer = click("toast")
    shown = {"answer": ANSWERS["toast"], "toast": "好的", "card_updated": False}
    same("a toast alone", answer["data"], shown)
    _, answer = click("nothing")
    same("no answer at all", answer["data"], {"answer": {}, "card_updated": False})
    same("a handler that fails", click("throw")[1]["code"], 200671)
    same("a card that is none", click("no card")[1]["code"], 200673)
    callback = {"type": "callback", "value": {"answer": "card 1.0"}}
    yes = {"tag": "button", "text": {"tag": "plain_text", "content": "Yes"}, "behaviors": [callback]}
    card_2 = {"schema": "2.0", "body": {"elements": [yes]}}
    message_id, answer = click("card 1.0", of=card_2)
    same("a card 1.0 in the place of a card 2.0", answer["code"], 200830)
    same("a card 1.0 in the place of a card 2.0: it stays", card_now(message_id), card_2)

    send = {"tag": "button", "name": "send", "text": {"tag": "plain_text", "content": "Send"}}
    send |= {"form_action_type": "submit", "behaviors": [{"type": "callback", "value": {"answer": "toast"}}]}
    form = {"tag": "form", "name": "bed", "elements": [{"tag": "input", "name": "herb"}, send]}
    message_id = send_card({"schema": "2.0", "body": {"elements": [form]}})
    answer = act("submit", user=ada["open_id"], message_id=message_id, form_value={"herb": "basil"})
    same("a form: the toast comes back", answer["toast"], "好的")
    event = asked[-1].event
    same("a form: the handler", (event.action.name, event.action.form_value), ("send", {"herb": "basil"}))

    link = "https://example.com/basil"
    answer = act("open_link", user=ada["open_id"], url=link)["answer"]
    same("url.preview.get: the preview comes back", answer, preview_of(link))
    event = asked[-1].event
    saw = (event.operator.open_id, event.context.url)
    same("url.preview.get: the handler", saw, (ada["open_id"], link))
    body = make(im_v2.BatchUpdateUrlPreviewRequestBody, preview_tokens=[event.context.preview_token])
    request = make(im_v2.BatchUpdateUrlPreviewRequest, request_body=body)
    answer = client.im.v2.url_preview.batch_update(request)
    same("url.preview.get: its token updates the preview", (answer.code, answer.msg), (0, "success"))

    same("unsubscribed", set_app(callbacks=["url.preview.get"])["code"], 0)
    count = len(asked)
    same("unsubscribed: nobody is asked", (click("toast")[1]["code"], len(asked)), (200340, count))
    same("subscribed again", set_app(callbacks=["*"])["code"], 0)
    same("subscribed again: the toast is back", click("toast")[1]["data"]["toast"], "好的")


class Receiver:
    """An HTTP server of the standard library, with a handler of the SDK behind it."""

    def __init__(self, handler):
        self.requests = []
        receiver = self

        class Post(BaseHTTPRequestHandler):
            def do_POST(self):
                request = RawRequest()
                request.uri, request.headers = self.path, dict(self.headers)
                request.body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append(request)
                answer = handler.do(request)
                self.send_response(answer.status_code)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Post)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def check_signature(self, handler):
        """Whether the handler takes the last request again, and not with another signature."""
        last, wrong = self.requests[-1], RawRequest()
        wrong.uri, wrong.body = last.uri, last.body
        wrong.headers = {**last.headers, "X-Lark-Request-Nonce": "another"}
        same("its signature is right", handler.do(last).status_code, 200)
        answer = handler.do(wrong)
        told = (answer.status_code, json.loads(answer.content)["msg"])
        same("a wrong one would be noticed", told, (500, "signature verification failed"))


def attempts(shown):
    return [(one["target"], one["outcome"], one["status"], one.get("answer")) for one in shown["attempts"]]


def webhook(encrypt_key):
    section("By webhook, encrypted and signed" if encrypt_key else "By webhook, in the clear")
    handler = dispatcher(encrypt_key, ready["verification_token"])
    with Receiver(handler) as receiver:
        modes = {"event_mode": "webhook", "callback_mode": "webhook", "encrypt_key": encrypt_key}
        answer = set_app(**modes, request_url=receiver.url, callback_url=receiver.url)
        same("the addresses are taken", answer["code"], 0)
        same("each was asked once", len(receiver.requests), 2)
        body = json.loads(receiver.requests[0].body)
        if encrypt_key:
            same("the challenge is encrypted", list(body), ["encrypt"])
        else:
            fields = (body["type"], body["token"])
            same("the challenge", fields, ("url_verification", ready["verification_token"]))

        text = f"by webhook, {encrypt_key or 'in the clear'}"
        act("send", user=ada["open_id"], chat_id=garden, text=text)
        data = inbox.wait_for_text(text)
        check("the event arrives", data and data.event.sender.sender_id.open_id == ada["open_id"], data)
        shown = delivery(data.header.event_id, "delivered")
        same("the event is taken", attempts(shown), [(receiver.url, "taken", 200, '{"msg":"success"}')])
        message_id, answer = click("toast and card")
        same("card.action.trigger: the toast comes back", answer["data"]["toast"], "好的")
        same("card.action.trigger: the card is replaced", card_now(message_id), WATERED)
        same("a handler that fails", click("throw")[1]["code"], 200671)
        if encrypt_key:
            bodies = {tuple(json.loads(one.body)) for one in receiver.requests}
            same("every body is encrypted", bodies, {("encrypt",)})
            click("toast")
            receiver.check_signature(handler)


def failing():
    section("By webhook, with a handler that fails")
    failed, mended = [], threading.Event()

    def on_message(data):
        if not mended.is_set():
            failed.append(data.header.event_id)
            raise RuntimeError("as planned")
        inbox.handle(data)

    group = new_group("Weeds", ada)
    with Receiver(dispatcher("", ready["verification_token"], on_message)) as receiver:
        same("the address is taken", set_app(encrypt_key="", request_url=receiver.url)["code"], 0)
        act("send", user=ada["open_id"], chat_id=group, text="weeds")
        wait_until("the handler fails", lambda: failed)
        shown = delivery(failed[0], "waiting")
        same("the event waits", attempts(shown), [(receiver.url, "status", 500, '{"msg":"as planned"}')])
        wait = int(shown["next_attempt_time"]) - int(shown["attempts"][0]["time"])
        check("the event waits 15 s", 15_000 <= wait < 17_000, wait)
        mended.set()
        began = time.monotonic()
        ask("POST", f"deliveries/{failed[0]}/resend")
        shown = delivery(failed[0], "delivered")
        took = time.monotonic() - began
        check("sent again, it goes out at once", took < 5, f"after {took:.1f} s")
        same("sent again, it is taken", [one["outcome"] for one in shown["attempts"]], ["status", "taken"])
        data = inbox.wait_for_text("weeds")
        same("sent again, it is the same event", data and data.header.event_id, failed[0])


def wrong_addresses():
    section("Addresses that are not taken")
    before = ask("GET", f"apps/{ready['app_id']}")["request_url"]
    with Receiver(dispatcher("another key", ready["verification_token"])) as receiver:
        answer = set_app(request_url=receiver.url, encrypt_key=ENCRYPT_KEY)
        same("a receiver with another key", answer["code"], 200671)
    with Receiver(dispatcher("", "another token")) as receiver:
        same("a receiver with another token", set_app(request_url=receiver.url)["code"], 200671)
    same("nobody", set_app(request_url=receiver.url)["code"], 200342)
    same("the old one stays", ask("GET", f"apps/{ready['app_id']}")["request_url"], before)


def old_callback(encrypt_key):
    section(f"The old card callback{', of an app with a key' if encrypt_key else ''}")
    cards = []

    def on_old_card(card):
        cards.append(card)
        return WATERED if card.action.value["answer"] == "card" else None

    builder = lark.CardActionHandler.builder(encrypt_key, ready["verification_token"])
    handler = builder.register(on_old_card).build()
    with Receiver(handler) as receiver:
        fields = {"callback_url": receiver.url, "encrypt_key": encrypt_key}
        same("the address is taken", set_app(callbacks=["card.action.trigger_v1"], **fields)["code"], 0)
        value = {"row": 7, "10": "薄荷/mint", "9": 1.5}
        message_id, answer = click("card", **value)
        same("the card comes back", answer["data"], {"answer": WATERED, "card_updated": True})
        same("the card is replaced", card_now(message_id), WATERED)
        last = cards[-1]
        saw = (last.open_id, last.open_message_id, last.open_chat_id, last.tenant_key)
        same("the handler: who and where", saw, (ada["open_id"], message_id, garden, ready["tenant_key"]))
        same("the handler: what", last.action.value, {"answer": "card", **value})
        receiver.check_signature(handler)
        same("a delayed update", update_card(last.token, card(words("Later"))).code, 0)
        same("no card: it stays", click("nothing")[1]["data"]["card_updated"], False)


def back():
    section("Over the long connection again")
    fields = {"event_mode": "long_connection", "callback_mode": "long_connection", "callbacks": ["*"]}
    same("set", set_app(**fields, encrypt_key="", request_url="", callback_url="")["code"], 0)
    act("send", user=ada["open_id"], chat_id=garden, text="back again")
    data = inbox.wait_for_text("back again")
    (connection,) = connections()
    shown = delivery(data.header.event_id, "delivered")
    expected = [(connection["device_id"], "taken", 200, None)]
    same("the event comes over the connection", attempts(shown), expected)
    same("so does the callback", click("toast")[1]["data"]["toast"], "好的")
    now = ledger()
    same("nothing is on its way", now["pending"], 0)
    same("the ledger adds up", now["created"], now["delivered"] + now["expired"])


def story():
    print(f"Events in Python, lark-oapi {version('lark-oapi')}")
    same("the app listens to messages alone", set_app(events=["im.message.receive_v1"])["code"], 0)
    connecting()
    ten_thousand()
    callbacks()
    webhook("")
    webhook(ENCRYPT_KEY)
    failing()
    wrong_addresses()
    old_callback("")
    old_callback(ENCRYPT_KEY)
    back()
    same("SIGTERM ends it with 0", platform.stop(signal.SIGTERM), 0)


tell("Events in Python", story, 180, platform.end)
