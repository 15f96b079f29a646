"""Replies, threads, lists, edits."""

import time
import uuid

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import ada, api, edit, get_raw, list_pages, new_group, read, reply, said, send, texts


def replies(group, ids):
    section("Replies and threads")
    root = ids["text"]
    first = done(reply(root, "tomorrow"))
    same("a reply: root and parent", (first.root_id, first.parent_id), (root, root))
    second = done(reply(first.message_id, "why not today"))
    same("a reply to it: root and parent", (second.root_id, second.parent_id), (root, first.message_id))
    same("neither stands in a thread", (first.thread_id, second.thread_id), (None, None))
    once = str(uuid.uuid4())
    twice = [done(reply(root, "only once", uuid=once)).message_id for _ in range(2)]
    same("a reply with the same uuid: the same message", twice[0], twice[1])

    root = ids["image"]
    first = done(reply(root, "in a thread", reply_in_thread=True))
    check("reply_in_thread: a thread begins", str(first.thread_id).startswith("omt_"), first.thread_id)
    same("the root stands in it", read(root).thread_id, first.thread_id)
    second = done(reply(first.message_id, "and so is this"))
    same("a reply to the reply stands in it", second.thread_id, first.thread_id)
    same("its root and parent: the root of the thread", (second.root_id, second.parent_id), (root, root))
    threaded = [first.message_id, second.message_id]
    same("the thread, page by page", texts(list_pages("thread", first.thread_id, page_size=1)), threaded)
    check("the chat does not show it", not set(threaded) & set(texts(list_pages("chat", group))), threaded)


def history():
    section("Getting and listing messages")
    group = new_group("History", ada)
    to_group = ("chat_id", group)
    sent = [done(send(to_group, "text", {"text": f"line {number}"})).message_id for number in range(7)]

    found = list_pages("chat", group, page_size=3)
    same("listed, oldest first", texts(found), sent)
    check("listed: no page beyond page_size", all(len(page.items) <= 3 for page in found), found)
    check("listed: the last page names no other", not found[-1].page_token, found[-1].page_token)
    found = list_pages("chat", group, page_size=3, sort_type="ByCreateTimeDesc")
    same("listed, newest first", texts(found), sent[::-1])
    tomorrow = str(int(time.time()) + 24 * 60 * 60)
    same("listed, from tomorrow on", texts(list_pages("chat", group, start_time=tomorrow)), [])

    message = read(sent[0])
    same("got: its chat", message.chat_id, group)
    same("got: neither edited nor recalled", (message.updated, message.deleted), (False, False))
    age = time.time() * 1000 - int(message.create_time)
    check("got: sent a moment ago, in ms", 0 <= age < 60_000, age)
    queries = [("message_ids", message_id) for message_id in sent[:3]]
    answer = get_raw("/open-apis/im/v1/messages/mget", queries)
    same("mget: in the order asked for", [item["message_id"] for item in answer["data"]["items"]], sent[:3])

    once = str(uuid.uuid4())
    twice = [done(send(to_group, "text", {"text": "only once"}, uuid=once)).message_id for _ in range(2)]
    same("sent with the same uuid: the same message", twice[0], twice[1])
    same("sent with the same uuid: listed once", texts(list_pages("chat", group)), [*sent, twice[0]])

    answer = api.message.get(make(im.GetMessageRequest, message_id="om_" + "0" * 32))
    refused("a message that does not exist", answer, 99992354)
    query = {"container_id_type": "chat", "container_id": group, "page_size": 51}
    refused("a page of 51", api.message.list(make(im.ListMessageRequest, **query)), 99992402)


def edits():
    section("Editing and recalling")
    group = new_group("Edits", ada)
    message_id = done(send(("chat_id", group), "text", {"text": "sow basel"})).message_id
    basil = {"text": "sow basil"}
    same("edited: as the answer shows it", said(done(edit(message_id, "text", basil))), basil)
    message = read(message_id)
    same("edited: as readers get it", said(message), basil)
    same("edited: it says so", message.updated, True)
    later = int(message.update_time) >= int(message.create_time)
    check("edited: not before it was sent", later, message.update_time)
    card = {"elements": [{"tag": "hr"}]}
    card_id = done(send(("chat_id", group), "interactive", card)).message_id
    refused("an edited card", edit(card_id, "text", {"text": "x"}), 230054)
    refused("a text that becomes a card", edit(message_id, "interactive", card), 230001)

    same("recalled", api.message.delete(make(im.DeleteMessageRequest, message_id=message_id)).code, 0)
    message = read(message_id)
    same("recalled: it says so", message.deleted, True)
    check("recalled: its content is gone", not message.body or not message.body.content, message.body)
    items = {item.message_id: item for page in list_pages("chat", group) for item in page.items}
    shown = (items[message_id].deleted, items[message_id].body.content)
    same("recalled: what a list shows", shown, (True, "This message was recalled"))
    refused("a reply to it", reply(message_id, "too late"), 230011)
    refused("an edit of it", edit(message_id, "text", {"text": "too late"}), 230011)
