"""What the app is told and asked at addresses of its own."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import lark_oapi as lark
from lark_oapi.core.model import RawRequest

from callbacks import click
from checks import check, same, section, wait_until
from handlers import (
    WATERED,
    act,
    ada,
    ask,
    card,
    card_now,
    delivery,
    dispatcher,
    garden,
    inbox,
    new_group,
    ready,
    set_app,
    update_card,
    words,
)

ENCRYPT_KEY = "v3ct0r-encrypt-key"


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
