"""Messages and threads that are forwarded."""

import uuid

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import ada, api, new_group, read, ready, reply, said, send


def forwards():
    section("Forwarding")
    here, there = new_group("From here", ada), new_group("To there", ada)
    message_id = done(send(("chat_id", here), "text", {"text": "Rain tomorrow"})).message_id
    other = done(send(("chat_id", here), "text", {"text": "Take the pots in"})).message_id

    def forward(message_id, to=("chat_id", there), **more):
        body = make(im.ForwardMessageRequestBody, receive_id=to[1])
        fields = {"message_id": message_id, "receive_id_type": to[0], "request_body": body, **more}
        return api.message.forward(make(im.ForwardMessageRequest, **fields))

    copy = done(forward(message_id))
    same("to a group: its words", said(read(copy.message_id)), {"text": "Rain tomorrow"})
    same("to a group: it stands there", copy.chat_id, there)
    same("to a group: who sent it", copy.sender.id, ready["app_id"])
    same("to a user", done(forward(message_id, ("open_id", ada["open_id"]))).msg_type, "text")
    once = str(uuid.uuid4())
    twice = [done(forward(message_id, uuid=once)).message_id for _ in range(2)]
    same("with the same uuid: the same message", twice[0], twice[1])
    refused("a message that does not exist", forward("om_" + "0" * 32), 99992354)
    refused("to nobody", forward(message_id, ("open_id", "ou_" + "0" * 32)), 230034)

    def merge(*ids, to=there):
        body = make(im.MergeForwardMessageRequestBody, receive_id=to, message_id_list=list(ids))
        request = make(im.MergeForwardMessageRequest, receive_id_type="chat_id", request_body=body)
        return api.message.merge_forward(request)

    merged = done(merge(message_id, other)).message
    same("merged: its type", merged.msg_type, "merge_forward")
    same("merged: its words", merged.body.content, "Merged and Forwarded Message")
    inner = done(api.message.get(make(im.GetMessageRequest, message_id=merged.message_id))).items
    words = [said(one) for one in inner if one.upper_message_id == merged.message_id]
    same("merged: what is in it", words, [{"text": "Rain tomorrow"}, {"text": "Take the pots in"}])
    elsewhere = done(send(("chat_id", there), "text", {"text": "Sun"})).message_id
    refused("merged from two groups", merge(message_id, elsewhere), 230069)
    refused("nothing merged", merge(), 99992402)

    done(api.message.delete(make(im.DeleteMessageRequest, message_id=other)))
    refused("a recalled message", forward(other), 230065)
    refused("recalled messages merged", merge(other), 230065)

    root = done(reply(message_id, "How much?", reply_in_thread=True))

    def forward_thread(thread_id):
        body = make(im.ForwardThreadRequestBody, receive_id=there)
        fields = {"thread_id": thread_id, "receive_id_type": "chat_id", "request_body": body}
        return api.thread.forward(make(im.ForwardThreadRequest, **fields))

    thread = done(forward_thread(root.thread_id))
    check("a thread", thread.chat_id == there and thread.message_id.startswith("om_"), vars(thread))
    same("a thread: its type", thread.msg_type, "merge_forward")
    refused("a thread that does not exist", forward_thread("omt_" + "0" * 16), 230064)
