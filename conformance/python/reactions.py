"""Reactions to messages."""

import time

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import act, ada, api, chen, leave, lin, new_group, pages, ready, send


def reactions():
    section("Reactions")
    group = new_group("Reactions", ada, lin)
    message_id = done(send(("chat_id", group), "text", {"text": "it rains"})).message_id

    def react(message_id, emoji_type):
        body = make(im.CreateMessageReactionRequestBody, reaction_type=make(im.Emoji, emoji_type=emoji_type))
        request = make(im.CreateMessageReactionRequest, message_id=message_id, request_body=body)
        return api.message_reaction.create(request)

    def unreact(message_id, reaction_id):
        fields = {"message_id": message_id, "reaction_id": reaction_id}
        return api.message_reaction.delete(make(im.DeleteMessageReactionRequest, **fields))

    def listed(**more):
        request = make(im.ListMessageReactionRequest, message_id=message_id, **more)
        return api.message_reaction.list(request)

    def counted(*message_ids):
        queries = [{"message_id": message_id} for message_id in message_ids]
        body = make(im.BatchQueryMessageReactionRequestBody, queries=queries)
        request = make(im.BatchQueryMessageReactionRequest, request_body=body)
        return done(api.message_reaction.batch_query(request))

    def by(reaction):
        operator = reaction.operator
        return operator.operator_type, operator.operator_id, reaction.reaction_type.emoji_type

    smile = done(react(message_id, "SMILE"))
    same("added: by whom, and what", by(smile), ("app", ready["app_id"], "SMILE"))
    age = time.time() * 1000 - int(smile.action_time)
    check("added: a moment ago, in ms", 0 <= age < 60_000, age)
    again = done(react(message_id, "SMILE")).reaction_id
    same("added again: the same reaction", again, smile.reaction_id)
    by_ada = act("react", user=ada["open_id"], message_id=message_id, emoji_type="SMILE")["reaction_id"]
    thumb = done(react(message_id, "THUMBSUP"))

    query = {"message_id": message_id, "page_size": 1}
    found = pages(api.message_reaction.list, im.ListMessageReactionRequest, **query)
    all_three = [smile.reaction_id, by_ada, thumb.reaction_id]
    same("listed, page by page", [one.reaction_id for page in found for one in page.items], all_three)
    smiles = done(listed(reaction_type="SMILE", user_id_type="union_id")).items
    expected = [("app", ready["app_id"], "SMILE"), ("user", ada["union_id"], "SMILE")]
    same("listed by emoji, users by union_id", [by(one) for one in smiles], expected)

    batch = counted(message_id, "om_" + "0" * 32)
    (counts,) = batch.success_msg_reaction_counts
    found = {one.reaction_type: int(one.count) for one in counts.reaction_count}
    same("batch_query: how many of each", found, {"SMILE": 2, "THUMBSUP": 1})
    details = batch.success_msg_reaction_details[0].message_reaction_items
    same("batch_query: which", [one.reaction_id for one in details], all_three)
    same("batch_query: why not", [one.fail_reason for one in batch.fail_msg_reaction_details], ["invalid"])

    same("taken away: what it was", by(done(unreact(message_id, thumb.reaction_id))), by(thumb))
    left = [one.reaction_id for one in done(listed()).items]
    same("taken away: the others stay", left, all_three[:2])

    other = done(send(("chat_id", group), "text", {"text": "it pours"})).message_id
    refused("a Unicode emoji", react(message_id, "🌧"), 231001)
    refused("below a message that does not exist", react("om_" + "0" * 32, "SMILE"), 231003)
    refused("someone else's taken away", unreact(message_id, by_ada), 231007)
    refused("from below another message", unreact(other, smile.reaction_id), 231010)
    refused("one that does not exist", unreact(message_id, thumb.reaction_id), 231011)
    refused("a page_token of nothing", listed(page_token="made-up"), 231012)
    refused("an unknown user_id_type", listed(user_id_type="email"), 231014)
    divider = {"type": "divider", "params": {"divider_text": {"text": "New session"}}}
    notice = done(send(("open_id", chen["open_id"]), "system", divider)).message_id
    refused("below a notice of the system", react(notice, "SMILE"), 231017)
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=other)))
    refused("below a recalled message", react(other, "SMILE"), 231003)
    leave(group)
    refused("from outside the chat", react(message_id, "LAUGH"), 231002)
    refused("listed from outside the chat", listed(), 231008)
