//! The menus of groups.

use larkspur_api::{
    code::chat,
    im::v1::{
        chat_menu_item::patch::{self, UpdateField},
        chat_menu_tree::{
            ActionType, ChatMenuItem, MAX_NAME, MAX_SECOND_LEVELS, MAX_TOP_LEVELS, MenuTree, Menus, create,
            delete, sort,
        },
    },
};
use larkspur_store::{Tx, View, chat::ChatRow};

use super::{check_bot, find_as_member, tab::tab_id};
use crate::{Caller, Context, Result};

/// Adds menus.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &create::Request) -> Result<Menus> {
    let row = group(tx, caller, request.chat_id.as_str())?;
    let mut menu = kept(tx, &row)?;
    let id = || Some(tab_id(context.now(), i64::from_str_radix(&context.hex(5), 16).unwrap_or_default()));
    for mut new in request.menu_tree.chat_menu_top_levels.iter().cloned() {
        let children = new.children.iter_mut().flatten();
        let mut entries = 0;
        for child in children {
            let item = child.chat_menu_item.as_ref().ok_or(chat::MENU_ILLEGAL)?;
            check(tx, caller, item)?;
            child.chat_menu_second_level_id = id();
            entries += 1;
        }
        if entries > MAX_SECOND_LEVELS {
            return Err(chat::MENU_ENTRIES_FULL.into());
        }
        check(tx, caller, &new.chat_menu_item)?;
        check_menu(&new.chat_menu_item, entries > 0)?;
        new.chat_menu_top_level_id = id();
        menu.chat_menu_top_levels.push(new);
    }
    if menu.chat_menu_top_levels.len() > MAX_TOP_LEVELS {
        return Err(chat::MENUS_FULL.into());
    }
    keep(tx, &row, menu)
}

/// Takes menus away, all of them or none.
pub fn delete(tx: &Tx<'_>, caller: &Caller, request: &delete::Request) -> Result<Menus> {
    let row = group(tx, caller, request.chat_id.as_str())?;
    let mut menu = kept(tx, &row)?;
    for id in &request.chat_menu_top_level_ids {
        let at =
            menu.chat_menu_top_levels.iter().position(|one| one.chat_menu_top_level_id.as_ref() == Some(id));
        let unknown = || chat::INVALID_PARAM.field("chat_menu_top_level_ids", id, "no such menu");
        menu.chat_menu_top_levels.remove(at.ok_or_else(unknown)?);
    }
    keep(tx, &row, menu)
}

/// Puts all menus in an order.
pub fn sort(tx: &Tx<'_>, caller: &Caller, request: &sort::Request) -> Result<Menus> {
    let row = group(tx, caller, request.chat_id.as_str())?;
    let mut menu = kept(tx, &row)?;
    let ids = &request.chat_menu_top_level_ids;
    let place = |id: Option<&String>| ids.iter().position(|one| Some(one) == id);
    let menus = &mut menu.chat_menu_top_levels;
    let all_named = menus.iter().all(|one| place(one.chat_menu_top_level_id.as_ref()).is_some());
    if !all_named || ids.len() != menus.len() {
        return Err(chat::MENU_SORT_INVALID.into());
    }
    menus.sort_by_key(|one| place(one.chat_menu_top_level_id.as_ref()));
    keep(tx, &row, menu)
}

/// The menus of a group.
pub fn get(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<Menus> {
    let row = group(view, caller, chat_id)?;
    Ok(Menus { menu_tree: kept(view, &row)?, ..Menus::default() })
}

/// Changes a menu or an entry.
pub fn patch(tx: &Tx<'_>, caller: &Caller, request: &patch::Request) -> Result<patch::Response> {
    let row = group(tx, caller, request.chat_id.as_str())?;
    let mut menu = kept(tx, &row)?;
    let id = &request.menu_item_id;
    let (item, is_parent) = find(&mut menu, id)
        .ok_or_else(|| chat::INVALID_PARAM.field("menu_item_id", id, "no such menu or entry"))?;
    let new = request.chat_menu_item.clone();
    for field in &request.update_fields {
        match field {
            UpdateField::Icon => item.image_key.clone_from(&new.image_key),
            UpdateField::Name => item.name.clone_from(&new.name),
            UpdateField::I18nName => item.i18n_names.clone_from(&new.i18n_names),
            UpdateField::RedirectLink => item.redirect_link.clone_from(&new.redirect_link),
            UpdateField::Other(_) => {}
        }
    }
    let item = item.clone();
    check(tx, caller, &item)?;
    check_menu(&item, is_parent)?;
    keep(tx, &row, menu)?;
    Ok(patch::Response { chat_menu_item: item, ..patch::Response::default() })
}

/// The menu or the entry that an id names, and whether it has entries.
fn find<'m>(menu: &'m mut MenuTree, id: &String) -> Option<(&'m mut ChatMenuItem, bool)> {
    for top in &mut menu.chat_menu_top_levels {
        if top.chat_menu_top_level_id.as_ref() == Some(id) {
            let has_entries = top.children.as_ref().is_some_and(|children| !children.is_empty());
            return Some((&mut top.chat_menu_item, has_entries));
        }
        for child in top.children.iter_mut().flatten() {
            if child.chat_menu_second_level_id.as_ref() == Some(id) {
                return child.chat_menu_item.as_mut().map(|item| (item, false));
            }
        }
    }
    None
}

/// A group whose menus the caller may change. There is no setting that keeps members from it.
fn group(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    check_bot(&caller.app)?;
    let row = find_as_member(view, caller, chat_id)?;
    if row.chat_mode == "group" { Ok(row) } else { Err(chat::CHAT_TYPE_UNSUPPORTED.into()) }
}

/// A menu with entries opens them, and shows no icon.
fn check_menu(item: &ChatMenuItem, has_entries: bool) -> Result<()> {
    let leads = item.action_type == Some(ActionType::RedirectLink);
    if has_entries && (leads || item.image_key.is_some()) {
        return Err(chat::MENU_ILLEGAL.into());
    }
    Ok(())
}

/// What holds of menus and entries alike.
fn check(view: &View<'_>, caller: &Caller, item: &ChatMenuItem) -> Result<()> {
    let i18n = item.i18n_names.clone().unwrap_or_default();
    let others = [i18n.zh_cn, i18n.en_us, i18n.ja_jp];
    for name in std::iter::once(Some(item.name.clone().unwrap_or_default())).chain(others).flatten() {
        if !(1..=MAX_NAME).contains(&name.chars().count()) {
            return Err(chat::INVALID_PARAM.field("name", &name, "1 to 120 characters").into());
        }
    }
    let link = item.redirect_link.clone().unwrap_or_default();
    let urls = [link.common_url, link.ios_url, link.android_url, link.pc_url, link.web_url];
    let mut urls = urls.into_iter().flatten().filter(|url| !url.is_empty()).peekable();
    let leads = item.action_type == Some(ActionType::RedirectLink);
    let is_web = |url: String| url.starts_with("http://") || url.starts_with("https://");
    if leads && urls.peek().is_none() || !urls.all(is_web) {
        return Err(chat::MENU_ILLEGAL.into());
    }
    if let Some(key) = item.image_key.as_deref() {
        let wrong = || chat::INVALID_PARAM.field("image_key", key, "no image was uploaded under this key");
        let image = view.image(key)?.filter(|image| image.image_type == "message").ok_or_else(wrong)?;
        if image.app != caller.app.row.id {
            return Err(chat::TAB_ICON_NOT_OWN.into());
        }
    }
    Ok(())
}

fn kept(view: &View<'_>, row: &ChatRow) -> Result<MenuTree> {
    let menu = view.chat_menu(row.id)?;
    Ok(menu.and_then(|menu| serde_json::from_str(&menu).ok()).unwrap_or_default())
}

fn keep(tx: &Tx<'_>, row: &ChatRow, menu: MenuTree) -> Result<Menus> {
    tx.set_chat_menu(row.id, &serde_json::to_string(&menu).unwrap_or_default())?;
    Ok(Menus { menu_tree: menu, ..Menus::default() })
}
