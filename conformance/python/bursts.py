"""Many messages, with cuts and restarts."""

import http.client
import itertools
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from checks import check, connect, own_data, same, section, wait_until
from handlers import act, ask, base_url, connections, inbox, ledger, new_group, newest_text, platform, ready

# What befalls the platform in the middle of each burst of messages.
TROUBLES = ("cuts", "cuts", "SIGTERM", "cuts", "SIGKILL")
BURST = 2000
GROUPS = 4


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
