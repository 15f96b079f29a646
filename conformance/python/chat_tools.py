"""Who may speak in a group, what stands at its top, its tabs."""

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import ada, api, leave, lin, new_group, send


def moderation():
    section("Who may speak")
    group = new_group("Lecture", ada, lin)

    def moderate(**fields):
        body = make(im.UpdateChatModerationRequestBody, **fields)
        request = make(im.UpdateChatModerationRequest, chat_id=group, request_body=body)
        return api.chat_moderation.update(request)

    def now():
        state = done(api.chat_moderation.get(make(im.GetChatModerationRequest, chat_id=group)))
        return state.moderation_setting, [one.user_id for one in state.items or []]

    same("at first: everybody", now(), ("all_members", []))
    listed = moderate(moderation_setting="moderator_list", moderator_added_list=[ada["open_id"]])
    same("those on a list", listed.code, 0)
    setting, speakers = now()
    check("those on a list: who", setting == "moderator_list" and ada["open_id"] in speakers, speakers)
    check("those on a list: who not", lin["open_id"] not in speakers, speakers)
    moderate(moderator_removed_list=[ada["open_id"]])
    check("taken from the list", ada["open_id"] not in now()[1], now())
    same("everybody again", (moderate(moderation_setting="all_members").code, now()[0]), (0, "all_members"))
    refused("an unknown setting", moderate(moderation_setting="nobody"), 232001)
    leave(new := new_group("Lecture elsewhere", ada, owner_id=ada["open_id"]))
    refused("from outside", api.chat_moderation.get(make(im.GetChatModerationRequest, chat_id=new)), 232011)


def top_notices():
    section("At the top of a group")
    group = new_group("Notices", ada)
    message_id = done(send(("chat_id", group), "text", {"text": "Frost on Friday"})).message_id

    def put(chat_id, *notices):
        body = make(im.PutTopNoticeChatTopNoticeRequestBody, chat_top_notice=list(notices))
        request = make(im.PutTopNoticeChatTopNoticeRequest, chat_id=chat_id, request_body=body)
        return api.chat_top_notice.put_top_notice(request)

    def take(chat_id):
        request = make(im.DeleteTopNoticeChatTopNoticeRequest, chat_id=chat_id)
        return api.chat_top_notice.delete_top_notice(request)

    notice = make(im.ChatTopNotice, action_type="1", message_id=message_id)
    same("a message", put(group, notice).code, 0)
    same("the announcement in its place", put(group, make(im.ChatTopNotice, action_type="2")).code, 0)
    same("taken away", take(group).code, 0)
    refused("a kind that there is not", put(group, make(im.ChatTopNotice, action_type="3")), 99992402)
    leave(new := new_group("Notices elsewhere", ada, owner_id=ada["open_id"]))
    refused("from outside", put(new, notice), 232011)
    refused("taken away from outside", take(new), 232011)


def tabs():
    section("Tabs")
    group = new_group("Tabs", ada)

    def page(name, **more):
        content = make(im.ChatTabContent, url=f"https://example.com/{name}")
        return make(im.ChatTab, tab_name=name, tab_type="url", tab_content=content, **more)

    def create(*tabs):
        body = make(im.CreateChatTabRequestBody, chat_tabs=list(tabs))
        return api.chat_tab.create(make(im.CreateChatTabRequest, chat_id=group, request_body=body))

    def update(*tabs):
        body = make(im.UpdateTabsChatTabRequestBody, chat_tabs=list(tabs))
        return api.chat_tab.update_tabs(make(im.UpdateTabsChatTabRequest, chat_id=group, request_body=body))

    def sort(*ids):
        body = make(im.SortTabsChatTabRequestBody, tab_ids=list(ids))
        return api.chat_tab.sort_tabs(make(im.SortTabsChatTabRequest, chat_id=group, request_body=body))

    def delete(*ids):
        body = make(im.DeleteTabsChatTabRequestBody, tab_ids=list(ids))
        return api.chat_tab.delete_tabs(make(im.DeleteTabsChatTabRequest, chat_id=group, request_body=body))

    def listed():
        found = done(api.chat_tab.list_tabs(make(im.ListTabsChatTabRequest, chat_id=group)))
        return {tab.tab_name or tab.tab_type: tab for tab in found.chat_tabs}

    done(create(page("Seeds"), page("Soil")))
    tabs = listed()
    check("added: they are listed", {"Seeds", "Soil"} <= set(tabs), tabs)
    same("added: where one leads", tabs["Seeds"].tab_content.url, "https://example.com/Seeds")
    seeds, soil = tabs["Seeds"].tab_id, tabs["Soil"].tab_id
    first = next(tab.tab_id for tab in tabs.values() if tab.tab_type == "message")
    done(update(page("Compost", tab_id=soil)))
    check("changed", "Compost" in listed() and "Soil" not in listed(), listed())
    done(sort(first, soil, seeds))
    ids = [tab.tab_id for tab in listed().values() if tab.tab_id in (soil, seeds)]
    same("put in an order", ids, [soil, seeds])
    done(delete(soil))
    check("taken away", "Compost" not in listed() and "Seeds" in listed(), listed())
    refused("a name of 61 letters", create(page("x" * 61)), 232047)
    refused("the messages taken away", delete(first), 232049)
    refused("an order of some only", sort(seeds), 232001)
    leave(new := new_group("Tabs elsewhere", ada, owner_id=ada["open_id"]))
    refused("from outside", api.chat_tab.list_tabs(make(im.ListTabsChatTabRequest, chat_id=new)), 232011)
