"""Groups and who is in them."""

import uuid

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import NOBODY, act, ada, api, chen, get_chat, leave, lin, new_group, pages, ready, sam, send


def chats(avatar_key):
    section("Chats")
    description = "What grows where"
    fields = {"name": "Herb garden", "description": description, "avatar": avatar_key}
    body = make(im.CreateChatRequestBody, user_id_list=[ada["open_id"]], **fields)
    request = make(im.CreateChatRequest, uuid=str(uuid.uuid4()), request_body=body)
    made = done(api.chat.create(request))
    check("created: an id", made.chat_id.startswith("oc_"), made.chat_id)
    same("created: its name", made.name, "Herb garden")
    again = done(api.chat.create(request))
    same("created again with the same uuid: the same chat", again.chat_id, made.chat_id)

    chat = get_chat(made.chat_id)
    same("got: name and description", (chat.name, chat.description), ("Herb garden", description))
    kind = (chat.chat_mode, chat.chat_type, chat.chat_status)
    same("got: a private group", kind, ("group", "private", "normal"))
    same("got: one user and one bot", (chat.user_count, chat.bot_count), ("1", "1"))
    same("got: no owner_id, since the bot owns it", chat.owner_id, None)

    body = make(im.UpdateChatRequestBody, name="Kitchen garden", edit_permission="only_owner")
    answer = api.chat.update(make(im.UpdateChatRequest, chat_id=made.chat_id, request_body=body))
    same("updated", answer.code, 0)
    chat = get_chat(made.chat_id)
    same("updated: what was named", (chat.name, chat.edit_permission), ("Kitchen garden", "only_owner"))
    same("updated: the rest stayed", chat.description, description)

    wanted = [ready["chat_id"], made.chat_id, new_group("Compost", lin)]
    for sort_type in ("ByCreateTimeAsc", "ByActiveTimeDesc"):
        found = pages(api.chat.list, im.ListChatRequest, sort_type=sort_type, page_size=2)
        ids = [chat.chat_id for page in found for chat in page.items]
        check(f"listed {sort_type}, page by page", set(wanted) <= set(ids) and len(set(ids)) == len(ids), ids)
        if sort_type == "ByCreateTimeAsc":
            same("listed in that order", [chat_id for chat_id in ids if chat_id in wanted], wanted)

    answer = api.chat.get(make(im.GetChatRequest, chat_id="oc_" + "0" * 32))
    refused("a chat that does not exist", answer, 232006)
    body = make(im.CreateChatRequestBody, name="x", chat_type="public")
    refused("a public chat called x", api.chat.create(make(im.CreateChatRequest, request_body=body)), 232020)
    body = make(im.UpdateChatRequestBody, avatar="img_v3_00000000")
    answer = api.chat.update(make(im.UpdateChatRequest, chat_id=made.chat_id, request_body=body))
    refused("an avatar that was not uploaded", answer, 232041)


def members():
    section("Members")
    chat_id = new_group("Members", ada)

    def add(*ids, **more):
        body = make(im.CreateChatMembersRequestBody, id_list=ids)
        request = make(im.CreateChatMembersRequest, chat_id=chat_id, request_body=body, **more)
        return api.chat_members.create(request)

    def remove(*ids):
        body = make(im.DeleteChatMembersRequestBody, id_list=ids)
        return api.chat_members.delete(make(im.DeleteChatMembersRequest, chat_id=chat_id, request_body=body))

    def everyone(member_id_type="open_id"):
        query = {"chat_id": chat_id, "member_id_type": member_id_type, "page_size": 1}
        found = pages(api.chat_members.get, im.GetChatMembersRequest, **query)
        return {member.member_id: member.name for page in found for member in page.items}

    def called(*users, by="open_id"):
        return {user[by]: user["name"] for user in users}

    added = done(add(lin["open_id"], chen["open_id"]))
    same("added: nobody is left over", (added.invalid_id_list, added.not_existed_id_list), ([], []))
    same("added by user_id", done(add(sam["user_id"], member_id_type="user_id")).invalid_id_list, [])
    for kind in ("open_id", "union_id", "user_id"):
        same(f"listed by {kind}, page by page", everyone(kind), called(lin, chen, ada, sam, by=kind))
    total = done(api.chat_members.get(make(im.GetChatMembersRequest, chat_id=chat_id))).member_total
    same("listed: how many there are, without the bot", total, 4)
    same("removed: all of them", done(remove(sam["open_id"], chen["open_id"])).invalid_id_list, [])
    same("removed: the others stay", everyone(), called(lin, ada))

    refused("someone who does not exist", add(NOBODY), 99992351)
    added = done(add(NOBODY, chen["open_id"], succeed_type=1))
    same("with succeed_type 1 the others join", added.not_existed_id_list, [NOBODY])
    refused("nobody removed", remove(), 232027)


def leaving():
    section("A chat the bot has left")
    # Someone has to own it then.
    chat_id = new_group("Left behind", ada, owner_id=lin["open_id"])
    same("before: its owner", get_chat(chat_id).owner_id, lin["open_id"])
    same("the bot removes itself", leave(chat_id).invalid_id_list, [])
    chat = get_chat(chat_id)
    same("from outside: its name, and no more", (chat.name, chat.owner_id), ("Left behind", None))

    answer = api.chat_members.get(make(im.GetChatMembersRequest, chat_id=chat_id))
    refused("its members", answer, 232011)
    refused("a message to it", send(("chat_id", chat_id), "text", {"text": "hello"}), 230002)
    refused("its card", send(("open_id", ada["open_id"]), "share_chat", {"chat_id": chat_id}), 230002)
    query = {"container_id_type": "chat", "container_id": chat_id}
    refused("its history", api.message.list(make(im.ListMessageRequest, **query)), 230002)


def dissolving():
    section("Dissolving a group")

    def dissolve(chat_id):
        return api.chat.delete(make(im.DeleteChatRequest, chat_id=chat_id))

    group = new_group("For a day", ada)
    same("dissolved", dissolve(group).code, 0)
    same("dissolved: it says so", get_chat(group).chat_status, "dissolved")
    listed = pages(api.chat.list, im.ListChatRequest, page_size=100)
    ids = [chat.chat_id for page in listed for chat in page.items]
    check("dissolved: not in the list of chats", group not in ids, ids)
    refused("once more", dissolve(group), 232009)
    refused("a message to it", send(("chat_id", group), "text", {"text": "hello"}), 232009)
    refused("its members", api.chat_members.get(make(im.GetChatMembersRequest, chat_id=group)), 232009)

    # The owner is someone else, but the bot has made it.
    same("by its maker", dissolve(new_group("Given away", ada, owner_id=lin["open_id"])).code, 0)

    left = new_group("Left behind", ada, owner_id=lin["open_id"])
    leave(left)
    refused("from outside", dissolve(left), 232011)
    p2p = act("enter", user=chen["open_id"])["chat_id"]
    refused("a chat with one user", dissolve(p2p), 232008)
    refused("one that does not exist", dissolve("oc_" + "0" * 32), 232006)
