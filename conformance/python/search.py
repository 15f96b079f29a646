"""What users search: messages, and bots."""

from lark_oapi.api.bot import v4 as bot
from lark_oapi.api.im import v1 as im
from lark_oapi.api.search import v2 as search

from checks import check, done, make, refused, same, section
from workspace import NOBODY, act, ada, api, chen, client, edit, in_the_name_of, new_group, ready, send


def say(group, text, **more):
    return done(send(("chat_id", group), "text", {"text": text}, **more)).message_id


def recall(message_id):
    done(api.message.delete(make(im.DeleteMessageRequest, message_id=message_id)))


def found():
    section("Messages that a user searches")
    group, elsewhere = new_group("Quinces", ada, chen), new_group("Quinces elsewhere", chen)
    planted, picked = say(group, "Plant the quince"), say(group, "榅桲熟了, the quince is ripe")
    theirs = act("send", user=ada["open_id"], chat_id=group, text="Quince jam")["message_id"]
    hidden = say(elsewhere, "A quince that she does not see")
    as_ada, as_chen = in_the_name_of(ada), in_the_name_of(chen)

    def ask(words, user=as_ada, page=(), **wanted):
        body = make(im.SearchMessageRequestBody, query=words, filter=make(im.MessageSearchFilter, **wanted))
        request = make(im.SearchMessageRequest, user_id_type="open_id", **dict(page), request_body=body)
        return api.message.search(request, user)

    def ids(*args, **wanted):
        return [one.id for one in done(ask(*args, **wanted)).items]

    same("by a word, the newest first", ids("quince"), [theirs, picked, planted])
    same("each word has to be there", ids("QUINCE ripe"), [picked])
    same("in Chinese", ids("榅桲"), [picked])
    same("what stands nowhere", ids("quince vinegar"), [])
    same("by someone who sees more", ids("quince", as_chen), [hidden, theirs, picked, planted])
    same("in a group", ids("quince", as_chen, chat_ids=[elsewhere]), [hidden])
    same("what bots sent", ids("quince", from_types=["bot"]), [picked, planted])
    same("what nobody but bots sent", ids("quince", exclude_from_types=["bot"]), [theirs])
    same("what a user sent", ids("quince", from_ids=[ada["open_id"]]), [theirs])
    past = make(im.TimeRange, end_time="2020-01-01T00:00:00+08:00")
    same("what was sent long ago", ids("quince", time_range=past), [])

    one = done(ask("quince jam")).items[0]
    meta = one.meta_data
    same("what is shown of it", one.display_info, "Quince jam")
    same("where and whose it is", (meta.message_id, meta.chat_id, meta.from_id), (theirs, group, ada["open_id"]))
    first = done(ask("quince", page={"page_size": 2}))
    same("page by page", (len(first.items), first.has_more, first.total), (2, True, 3))
    second = {"page_size": 2, "page_token": first.page_token}
    same("page by page: the rest", [one.id for one in done(ask("quince", page=second)).items], [planted])

    done(edit(planted, "text", {"text": "Plant the currant bush"}))
    same("edited: not by the old words", ids("quince", chat_ids=[group]), [theirs, picked])
    same("edited: by the new words", ids("currant", chat_ids=[group]), [planted])
    recall(picked)
    same("recalled", ids("quince"), [theirs])
    refused("a page of another search", ask("ripe", page=second), 99992402)
    refused("a page of 31", ask("quince", page={"page_size": 31}), 99992402)
    refused("in the name of the bot", api.message.search(make(im.SearchMessageRequest)), 99991663)


def found_by_id():
    section("Messages that a user searches, the older way")
    group = new_group("Medlars", ada)
    first, second = say(group, "Rot the medlar"), say(group, "Eat the medlar")
    theirs = act("send", user=ada["open_id"], chat_id=group, text="Medlar jelly")["message_id"]
    as_ada = in_the_name_of(ada)
    messages, kind = client.search.v2.message, search.CreateMessageRequest

    def ask(words, page=(), **more):
        body = make(search.CreateMessageRequestBody, query=words, chat_ids=[group], **more)
        return messages.create(make(kind, user_id_type="open_id", **dict(page), request_body=body), as_ada)

    def ids(*args, **more):
        return done(ask(*args, **more)).items

    same("by a word, the newest first", ids("medlar"), [theirs, second, first])
    same("what bots sent", ids("medlar", from_type="bot"), [second, first])
    same("what a user sent", ids("medlar", from_ids=[ada["open_id"]]), [theirs])
    same("pictures only", ids("medlar", message_type="image"), [])
    same("one-to-one chats only", ids("medlar", chat_type="p2p_chat"), [])
    page = done(ask("medlar", page={"page_size": 2}))
    same("page by page", (page.items, page.has_more), ([theirs, second], True))
    rest = {"page_size": 2, "page_token": page.page_token}
    same("page by page: the rest", ids("medlar", page=rest), [first])
    refused("no words", ask(" "), 1278001)
    refused("a page of another search", ask("jelly", page=rest), 1278001)
    refused("an end before the start", ask("medlar", start_time="2", end_time="1"), 1278001)
    refused("by someone who does not exist", ask("medlar", from_ids=[NOBODY]), 99992351)


def bots_found():
    section("Bots that a user searches")
    group = new_group("One bot", ada)
    as_ada = in_the_name_of(ada)

    def request(words, page=(), **wanted):
        body = make(bot.SearchBotRequestBody, query=words, filter=make(bot.BotSearchFilter, **wanted))
        return make(bot.SearchBotRequest, **dict(page), request_body=body)

    def ask(*args, **wanted):
        return client.bot.v4.bot.search(request(*args, **wanted), as_ada)

    def names(*args, **wanted):
        return [one.display_info for one in done(ask(*args, **wanted)).items]

    same("by a part of the name", names("garden"), ["Gardener"])
    same("in a group", names("", chat_ids=[group]), ["Gardener"])
    same("by a name that none has", names("lawnmower"), [])
    act("send", user=ada["open_id"], app_id=ready["app_id"], text="Hello")
    met = done(ask("", has_chatter=True)).items
    same("those one has talked to", [one.display_info for one in met], ["Gardener"])
    check("where one talks to them", met[0].meta_data.chat_id.startswith("oc_"), met[0].meta_data.chat_id)
    refused("a page that there is not", ask("garden", page={"page_token": "made-up"}), 99992402)
    refused("a page of 101", ask("garden", page={"page_size": 101}), 99992402)
