"""Who has read what, and what asks for attention."""

import time

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import act, ada, api, chen, lin, new_group, pages, ready, send


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


def urgings():
    section("Urgent messages")
    group = new_group("Greenhouse", ada, lin)
    message_id = done(send(("chat_id", group), "text", {"text": "The glass is broken"})).message_id
    ways = {
        "in the app": (api.message.urgent_app, im.UrgentAppMessageRequest),
        "by text message": (api.message.urgent_sms, im.UrgentSmsMessageRequest),
        "by telephone": (api.message.urgent_phone, im.UrgentPhoneMessageRequest),
    }
    by_ada = act("send", user=ada["open_id"], chat_id=group, text="I see")["message_id"]
    for way, (urge, kind) in ways.items():

        def urged(message_id, *users, urge=urge, kind=kind):
            body = make(im.UrgentReceivers, user_id_list=[user["open_id"] for user in users])
            return urge(make(kind, message_id=message_id, user_id_type="open_id", request_body=body))

        same(f"{way}: nobody is left out", done(urged(message_id, ada, lin)).invalid_user_id_list, [])
        outside = done(urged(message_id, ada, chen)).invalid_user_id_list
        same(f"{way}: someone outside is named", outside, [chen["open_id"]])
        refused(f"{way}: a message of someone else", urged(by_ada, lin), 230012)
        refused(f"{way}: a message that does not exist", urged("om_" + "0" * 32, ada), 99992354)
