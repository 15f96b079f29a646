"""Admins of groups, links into them, joining and finding them."""

import time

from lark_oapi.api.im import v1 as im
from lark_oapi.api.im import v2 as im_v2

from checks import check, done, make, refused, same, section
from workspace import ada, act, api, chen, client, get_chat, leave, lin, new_group, pages, ready


def managers():
    section("Admins")
    group = new_group("Admins", ada, lin)

    def add(*ids):
        body = make(im.AddManagersChatManagersRequestBody, manager_ids=ids)
        fields = {"chat_id": group, "member_id_type": "open_id", "request_body": body}
        return api.chat_managers.add_managers(make(im.AddManagersChatManagersRequest, **fields))

    def remove(*ids):
        body = make(im.DeleteManagersChatManagersRequestBody, manager_ids=ids)
        fields = {"chat_id": group, "member_id_type": "open_id", "request_body": body}
        return api.chat_managers.delete_managers(make(im.DeleteManagersChatManagersRequest, **fields))

    both = [ada["open_id"], lin["open_id"]]
    same("made: who they are now", done(add(*both)).chat_managers, both)
    same("made: the chat names them", get_chat(group).user_manager_id_list, both)
    same("no longer: who is left", done(remove(ada["open_id"])).chat_managers, [lin["open_id"]])
    same("no longer: the chat names the other", get_chat(group).user_manager_id_list, [lin["open_id"]])
    refused("someone outside", add(chen["open_id"]), 232027)
    group = new_group("Owned by Lin", ada, owner_id=lin["open_id"])
    refused("by someone who is not the owner", add(ada["open_id"]), 232038)
    refused("taken by someone who is not the owner", remove(ada["open_id"]), 232038)


def links():
    section("Links into groups")

    def link(chat_id, **fields):
        body = make(im.LinkChatRequestBody, **fields)
        return api.chat.link(make(im.LinkChatRequest, chat_id=chat_id, request_body=body))

    group = new_group("Open gate", ada)
    week = done(link(group, validity_period="week"))
    check("for a week: an address", week.share_link.startswith("http"), week.share_link)
    days = (int(week.expire_time) - time.time()) / 86400
    check("for a week: until then", 6.9 < days < 7.1 and not week.is_permanent, days)
    check("for ever", done(link(group, validity_period="permanently")).is_permanent, "")
    refused("for a century", link(group, validity_period="century"), 232001)
    refused("into a chat with one user", link(act("enter", user=ada["open_id"])["chat_id"]), 232062)
    refused("into one that does not exist", link("oc_" + "0" * 32), 232006)


def joining():
    section("Joining")

    def inside(chat_id):
        request = make(im.IsInChatChatMembersRequest, chat_id=chat_id)
        return done(api.chat_members.is_in_chat(request)).is_in_chat

    def join(chat_id):
        return api.chat_members.me_join(make(im.MeJoinChatMembersRequest, chat_id=chat_id))

    club = new_group("Seed exchange", ada, chat_type="public", owner_id=ada["open_id"])
    private = new_group("Cellar", ada, owner_id=ada["open_id"])
    same("inside", (inside(club), inside(private)), (True, True))
    leave(club)
    leave(private)
    same("left: outside", (inside(club), inside(private)), (False, False))
    same("a public group: joined", join(club).code, 0)
    same("a public group: inside", inside(club), True)
    same("once more: nothing happens", join(club).code, 0)
    refused("a private group", join(private), 232008)
    answer = api.chat_members.is_in_chat(make(im.IsInChatChatMembersRequest, chat_id="oc_" + "0" * 32))
    refused("whether it is in one that does not exist", answer, 232006)


def finding():
    section("Finding groups")
    name = f"Rhubarb {ready['app_id'][-4:]} {time.time_ns()}"
    group = new_group(name, ada, lin)

    found = done(api.chat.search(make(im.SearchChatRequest, query=name))).items
    same("by name", [(one.chat_id, one.name) for one in found], [(group, name)])
    found = pages(api.chat.search, im.SearchChatRequest, query="Rhubarb", page_size=1)
    ids = [one.chat_id for page in found for one in page.items]
    check("by part of it, page by page", group in ids, ids)
    nothing = done(api.chat.search(make(im.SearchChatRequest, query="x" * 65)))
    same("by more than 64 characters: nothing", nothing.items, [])
    refused("a page of 101", api.chat.search(make(im.SearchChatRequest, query="x", page_size=101)), 99992402)

    def search(**fields):
        body = make(im_v2.SearchChatRequestBody, **fields)
        return client.im.v2.chat.search(make(im_v2.SearchChatRequest, page_size=10, request_body=body))

    newer = done(search(query=name))
    same("the newer way: one", (newer.total, newer.items[0].meta_data.chat_id), (1, group))
    members = make(im_v2.ChatSearchFilter, member_ids=[ada["open_id"], lin["open_id"]])
    same("with these members", done(search(query=name, filter=members)).total, 1)
    stranger = make(im_v2.ChatSearchFilter, member_ids=[chen["open_id"]])
    same("with someone who is not in it", done(search(query=name, filter=stranger)).total, 0)
    refused("an unknown order", search(query=name, sorter="by_mood"), 99992402)
