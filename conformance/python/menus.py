"""The menus of a group."""

from lark_oapi.api.im import v1 as im

from checks import check, done, make, refused, same, section
from workspace import ada, api, leave, new_group


def item(name, **more):
    """Without more, what has entries below it."""
    return make(im.ChatMenuItem, **{"action_type": "NONE", "name": name, **more})


def link(name, url="https://example.com", **more):
    to = make(im.ChatMenuItemRedirectLink, common_url=url)
    return item(name, action_type="REDIRECT_LINK", redirect_link=to, **more)


def menu(first, *entries):
    below = [make(im.ChatMenuSecondLevel, chat_menu_item=entry) for entry in entries]
    return make(im.ChatMenuTopLevel, chat_menu_item=first, **({"children": below} if below else {}))


def create(group, *menus):
    tree = make(im.ChatMenuTree, chat_menu_top_levels=list(menus))
    body = make(im.CreateChatMenuTreeRequestBody, menu_tree=tree)
    return api.chat_menu_tree.create(make(im.CreateChatMenuTreeRequest, chat_id=group, request_body=body))


def get(group):
    return api.chat_menu_tree.get(make(im.GetChatMenuTreeRequest, chat_id=group))


def sort(group, *ids):
    body = make(im.SortChatMenuTreeRequestBody, chat_menu_top_level_ids=list(ids))
    return api.chat_menu_tree.sort(make(im.SortChatMenuTreeRequest, chat_id=group, request_body=body))


def delete(group, *ids):
    body = make(im.DeleteChatMenuTreeRequestBody, chat_menu_top_level_ids=list(ids))
    return api.chat_menu_tree.delete(make(im.DeleteChatMenuTreeRequest, chat_id=group, request_body=body))


def patch(group, menu_item_id, *update_fields, **fields):
    changed = make(im.ChatMenuItem, **fields)
    body = make(im.PatchChatMenuItemRequestBody, update_fields=list(update_fields), chat_menu_item=changed)
    path = {"chat_id": group, "menu_item_id": menu_item_id}
    return api.chat_menu_item.patch(make(im.PatchChatMenuItemRequest, **path, request_body=body))


def listed(response):
    return done(response).menu_tree.chat_menu_top_levels


def names(response):
    """Each menu with its entries."""
    return [
        (one.chat_menu_item.name, [entry.chat_menu_item.name for entry in one.children or []])
        for one in listed(response)
    ]


def menus():
    section("Menus")
    group = new_group("Menus", ada)
    same("at first: none", listed(get(group)), [])
    both = make(im.I18nNames, zh_cn="种子", en_us="Seeds")
    done(create(group, menu(link("Seeds", i18n_names=both))))
    made = create(group, menu(item("Tools"), link("Spades"), link("Rakes")))
    whole = [("Seeds", []), ("Tools", ["Spades", "Rakes"])]
    same("added behind the others", names(made), whole)
    same("added: it is there", names(get(group)), whole)
    seeds, tools = listed(made)
    same("added: where one leads", seeds.chat_menu_item.redirect_link.common_url, "https://example.com")
    same("added: its names", vars(seeds.chat_menu_item.i18n_names)["zh_cn"], "种子")
    ids = [seeds.chat_menu_top_level_id, tools.chat_menu_top_level_id]
    rakes = tools.children[1].chat_menu_second_level_id
    check("added: each has an id of its own", len({*ids, rakes}) == 3 and all(ids), ids)

    same("put in an order", names(sort(group, *reversed(ids))), whole[::-1])
    hoes = done(patch(group, rakes, "NAME", name="Hoes")).chat_menu_item
    same("an entry by another name", (hoes.name, hoes.action_type), ("Hoes", "REDIRECT_LINK"))
    to = make(im.ChatMenuItemRedirectLink, common_url="https://example.com/seeds")
    done(patch(group, ids[0], "REDIRECT_LINK", redirect_link=to, name="no field to change"))
    same("changed: it is there", names(get(group)), [("Tools", ["Spades", "Hoes"]), ("Seeds", [])])
    now = listed(get(group))[1].chat_menu_item.redirect_link.common_url
    same("changed: where one leads", now, "https://example.com/seeds")
    same("taken away, with what is below it", names(delete(group, ids[1])), [("Seeds", [])])
    same("taken away: it is gone", names(get(group)), [("Seeds", [])])


def refused_menus():
    section("Menus that cannot be")
    group = new_group("Few menus", ada)
    first, second = [one.chat_menu_top_level_id for one in listed(create(group, menu(link("a")), menu(link("b"))))]
    refused("four at once", create(group, *[menu(link("x"))] * 4), 99992402)
    refused("four in all", create(group, menu(link("c")), menu(link("d"))), 232070)
    refused("a name of 121 letters", create(group, menu(link("x" * 121))), 232001)
    refused("an address without http", create(group, menu(link("x", url="ftp://example.com"))), 232078)
    refused("one that leads somewhere, and has entries", create(group, menu(link("x"), link("y"))), 232078)
    refused("six entries", create(group, menu(item("x"), *[link("y")] * 6)), 99992402)
    refused("an order of some only", sort(group, first), 232072)
    refused("an order with one twice", sort(group, second, second), 232072)
    refused("an entry that does not exist", patch(group, "1", "NAME", name="x"), 232001)
    refused("a field that there is not", patch(group, first, "COLOUR", name="x"), 99992402)
    refused("taken away, and it does not exist", delete(group, "1"), 232001)
    same("none of that changed them", names(get(group)), [("a", []), ("b", [])])
    refused("a group that does not exist", get("oc_" + "0" * 32), 232006)
    leave(new := new_group("Menus elsewhere", ada, owner_id=ada["open_id"]))
    refused("from outside", create(new, menu(link("x"))), 232011)
