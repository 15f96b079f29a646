"""What the stories share: expectations, how a story is told, and the platform's own API."""

import faulthandler
import http.client
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from urllib.parse import urlsplit

# The folder of all stories.
HERE = Path(__file__).parents[1]

# What the documents say about each code, or how it begins.
REFUSALS = json.loads((HERE / "refusals.json").read_text(encoding="utf-8"))

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


def begins(code, msg):
    """Whether this is what the documents say about a code: one text, or one of several."""
    known = REFUSALS[str(code)]
    return any(msg.startswith(one) for one in ([known] if isinstance(known, str) else known))


def refused(name, response, code, http_status=400):
    """The SDK reports this refusal, and the log id in the body is the one in the header."""
    status, log_id = response.raw.status_code, (response.error or {}).get("log_id")
    check(
        f"{name}: {code}",
        (status, response.code) == (http_status, code)
        and begins(code, response.msg)
        and log_id is not None
        and log_id == response.get_log_id(),
        f"HTTP {status}, {response.code} {response.msg}, log_id {log_id}",
    )


def done(response):
    """The data of an answer that what follows cannot do without."""
    if not response.success():
        raise RuntimeError(f"{response.code} {response.msg} (log_id {response.get_log_id()})")
    return getattr(response, "data", None)


def make(kind, **fields):
    """A request or a model of the SDK, by way of its builder."""
    builder = kind.builder()
    for name, value in fields.items():
        getattr(builder, name)(value)
    return builder.build()


def connect(base_url):
    return http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=20)


def own(connection, method, path, body=None):
    """An answer of the platform's own API, which acts as users and keeps apps."""
    headers = {"Content-Type": "application/json"}
    connection.request(method, f"/_larkspur/v1/{path}", body and json.dumps(body), headers)
    return json.load(connection.getresponse())


def own_data(connection, method, path, body=None):
    """The same, for what has to succeed."""
    answer = own(connection, method, path, body)
    if answer["code"] != 0:
        raise RuntimeError(f"{method} {path}: {answer}")
    return answer["data"]


def wait_until(what, condition, seconds=20):
    """What the condition gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.01)
    return found


def tell(name, story, seconds, at_end=lambda: None):
    """Tells a story and ends. A platform that falls silent must not hold up whoever runs this."""

    def silence():
        check("the story was told to its end", False, f"it took more than {seconds} s")
        sys.stdout.flush()
        faulthandler.dump_traceback()
        at_end()
        os._exit(1)

    alarm = threading.Timer(seconds, silence)
    alarm.daemon = True
    alarm.start()
    try:
        story()
    except Exception:
        check("the story was told to its end", False, traceback.format_exc())
    finally:
        at_end()
    print(f"\n  {name}: {passed} checks passed, {failed} failed")
    sys.stdout.flush()
    # Threads of the SDK have no end of their own.
    os._exit(1 if failed else 0)
