"""Messages to many users, and cards that one user alone sees."""

import json
import uuid

import lark_oapi as lark
from lark_oapi.api.im import v1 as im

from checks import REFUSALS, check, done, make, refused, same, section
from workspace import NOBODY, act, ada, api, lin, list_pages, new_group, raw


def post(uri, fields):
    """The whole answer of an older path: its status and its body."""
    answer = raw(lark.HttpMethod.POST, uri, fields)
    return answer.raw.status_code, json.loads(answer.raw.content)


def batches():
    section("To many users")
    batch = api.batch_message
    words = {"text": f"The gate closes at six {uuid.uuid4()}"}
    to_both = {"open_ids": [ada["open_id"], lin["open_id"], NOBODY], "msg_type": "text", "content": words}
    status, answer = post("/open-apis/message/v4/batch_send/", to_both)
    same("sent", (status, answer["code"]), (200, 0))
    batch_id = answer["data"]["message_id"]
    check("sent: an id", batch_id.startswith("bm-"), batch_id)
    same("sent: to whom it was not", answer["data"]["invalid_open_ids"], [NOBODY])
    p2p = act("enter", user=ada["open_id"])["chat_id"]
    # The story in Node writes to the same users.
    query = {"container_id_type": "chat", "container_id": p2p, "sort_type": "ByCreateTimeDesc", "page_size": 50}
    newest = done(api.message.list(make(im.ListMessageRequest, **query))).items
    has_it = any(words["text"] in one.body.content for one in newest)
    check("sent: one of them has it", has_it, newest)

    act("read", user=ada["open_id"], chat_id=p2p)
    seen = done(batch.read_user(make(im.ReadUserBatchMessageRequest, batch_message_id=batch_id))).read_user
    same("read by one of two", (int(seen.read_count), int(seen.total_count)), (1, 2))

    def progress():
        found = done(batch.get_progress(make(im.GetProgressBatchMessageRequest, batch_message_id=batch_id)))
        sent, recalled = found.batch_message_send_progress, found.batch_message_recall_progress
        return int(sent.success_user_ids_count), int(sent.read_user_ids_count), recalled.recall

    same("how far it came", progress(), (2, 1, False))
    recalled = batch.delete(make(im.DeleteBatchMessageRequest, batch_message_id=batch_id))
    same("recalled", recalled.code, 0)
    same("recalled: it says so", progress()[2], True)
    unknown = "bm-" + "0" * 32
    answer = batch.get_progress(make(im.GetProgressBatchMessageRequest, batch_message_id=unknown))
    refused("the progress of nothing", answer, 230030)
    answer = batch.read_user(make(im.ReadUserBatchMessageRequest, batch_message_id=unknown))
    refused("the readers of nothing", answer, 230030)
    answer = batch.delete(make(im.DeleteBatchMessageRequest, batch_message_id=unknown))
    refused("nothing recalled", answer, 230030)
    status, answer = post("/open-apis/message/v4/batch_send/", {"msg_type": "text", "content": words})
    same("to nobody: 10003", (status, answer["code"], answer["msg"]), (200, 10003, "Invalid parameter."))


def for_one():
    section("Cards that one user alone sees")
    group = new_group("Whispers", ada, lin)
    card = {"elements": [{"tag": "div", "text": {"tag": "plain_text", "content": "For your eyes"}}]}

    def show(**more):
        fields = {"chat_id": group, "msg_type": "interactive", "card": card, **more}
        return post("/open-apis/ephemeral/v1/send", fields)

    status, answer = show(open_id=ada["open_id"])
    same("shown", (status, answer["code"]), (200, 0))
    message_id = answer["data"]["message_id"]
    hidden = [one.message_id for page in list_pages("chat", group) for one in page.items]
    check("shown: not in the history", message_id not in hidden, hidden)
    status, answer = post("/open-apis/ephemeral/v1/delete", {"message_id": message_id})
    same("taken away", (status, answer["code"]), (200, 0))

    def refusal(name, answered, code):
        status, answer = answered
        same(f"{name}: {code}", (status, answer["code"], answer["msg"]), (400, code, REFUSALS[str(code)]))

    refusal("to nobody", show(open_id=NOBODY), 11101)
    nothing = {"message_id": "om_" + "0" * 32}
    refusal("nothing taken away", post("/open-apis/ephemeral/v1/delete", nothing), 10020)
