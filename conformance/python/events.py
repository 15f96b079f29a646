"""Receives what happens with the official Python SDK: events.py LARKSPUR FOLDER

The story starts the platform itself, since it also stops and kills it.
"""

import signal
import threading
from importlib.metadata import version

from lark_oapi.ws.exception import ClientException

from bursts import ten_thousand
from callbacks import callbacks, click
from checks import check, same, section, tell, wait_until
from handlers import (
    act,
    ada,
    connections,
    delivery,
    garden,
    inbox,
    ledger,
    listener,
    platform,
    ready,
    set_app,
)
from webhooks import ENCRYPT_KEY, attempts, failing, old_callback, webhook, wrong_addresses


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
