//! The tabs at the top of a chat.

use larkspur_api::{
    code::chat,
    im::v1::chat_tab::{
        ChatTab, ChatTabContent, ChatTabs, MAX_TAB_NAME, MAX_TABS, TabType, create, delete_tabs, sort_tabs,
        update_tabs,
    },
};
use larkspur_store::{Tx, View, chat::ChatRow};

use super::{check_available, check_bot, find, find_as_member};
use crate::{Caller, Context, Failure, Result};

/// Adds tabs.
pub fn create(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &create::Request,
) -> Result<ChatTabs> {
    let row = tabbed(tx, caller, request.chat_id.as_str())?;
    let mut tabs = added(tx, &row)?;
    for wanted in &request.chat_tabs {
        let not_made = || {
            chat::INVALID_PARAM.field("chat_tabs[*].tab_type", wanted.tab_type.as_str(), "options: [doc,url]")
        };
        let tab = checked(tx, caller, wanted, not_made().into())?;
        let tab_id = tab_id(context.now(), i64::from_str_radix(&context.hex(5), 16).unwrap_or_default());
        tabs.push(ChatTab { tab_id: Some(tab_id), ..tab });
    }
    if tabs.len() > MAX_TABS {
        return Err(chat::TABS_FULL.into());
    }
    keep(tx, &row, tabs)
}

/// Changes tabs, all of them or none.
pub fn update(tx: &Tx<'_>, caller: &Caller, request: &update_tabs::Request) -> Result<ChatTabs> {
    let row = tabbed(tx, caller, request.chat_id.as_str())?;
    let mut tabs = added(tx, &row)?;
    for wanted in request.chat_tabs.iter().flatten() {
        let id = wanted.tab_id.as_deref().unwrap_or_default();
        if id == message_tab_id(&row) {
            return Err(chat::TAB_NOT_UPDATABLE.into());
        }
        let tab = tabs.iter_mut().find(|tab| tab.tab_id.as_deref() == Some(id));
        let tab = tab.ok_or_else(|| chat::INVALID_PARAM.field("chat_tabs[*].tab_id", id, "no such tab"))?;
        *tab = ChatTab {
            tab_id: wanted.tab_id.clone(),
            ..checked(tx, caller, wanted, chat::TAB_NOT_UPDATABLE.into())?
        };
    }
    keep(tx, &row, tabs)
}

/// Takes tabs away, all of them or none.
pub fn delete(tx: &Tx<'_>, caller: &Caller, request: &delete_tabs::Request) -> Result<ChatTabs> {
    let row = tabbed(tx, caller, request.chat_id.as_str())?;
    let mut tabs = added(tx, &row)?;
    for id in &request.tab_ids {
        if *id == message_tab_id(&row) {
            return Err(chat::TAB_NOT_DELETABLE.into());
        }
        let at = tabs.iter().position(|tab| tab.tab_id.as_ref() == Some(id));
        let at = at.ok_or_else(|| chat::INVALID_PARAM.field("tab_ids", id, "no such tab"))?;
        tabs.remove(at);
    }
    keep(tx, &row, tabs)
}

/// Puts all tabs in an order.
pub fn sort(tx: &Tx<'_>, caller: &Caller, request: &sort_tabs::Request) -> Result<ChatTabs> {
    let row = tabbed(tx, caller, request.chat_id.as_str())?;
    let mut tabs = added(tx, &row)?;
    let ids = request.tab_ids.as_deref().unwrap_or_default();
    let place = |id: Option<&str>| ids.iter().position(|one| Some(one.as_str()) == id);
    let all_named = tabs.iter().all(|tab| place(tab.tab_id.as_deref()).is_some())
        && place(Some(&message_tab_id(&row))).is_some();
    if !all_named || ids.len() != tabs.len() + 1 {
        let what = "every tab of the chat is named once";
        return Err(chat::INVALID_PARAM.field("tab_ids", "", what).into());
    }
    tabs.sort_by_key(|tab| place(tab.tab_id.as_deref()));
    keep(tx, &row, tabs)
}

/// The tabs of a chat.
pub fn list(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatTabs> {
    check_bot(&caller.app)?;
    check_available(caller)?;
    let row = find(view, caller, chat_id)?;
    if view.member(row.id, caller.actor())?.is_none() {
        return Err(chat::OUT_OF_CHAT.into());
    }
    Ok(shown(&row, added(view, &row)?))
}

/// A chat whose tabs the caller may change. There is no setting that keeps members from it.
fn tabbed(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    check_bot(&caller.app)?;
    check_available(caller)?;
    let row = find_as_member(view, caller, chat_id)?;
    if row.chat_mode == "topic" { Err(chat::NO_TABS_IN_CHAT.into()) } else { Ok(row) }
}

/// A tab as it is kept: the content of its type, and nothing else.
fn checked(view: &View<'_>, caller: &Caller, tab: &ChatTab, wrong_type: Failure) -> Result<ChatTab> {
    let given = tab.tab_content.clone().unwrap_or_default();
    let content = match tab.tab_type {
        TabType::Url => ChatTabContent { url: Some(address(given.url)?), ..ChatTabContent::default() },
        TabType::Doc => ChatTabContent { doc: Some(address(given.doc)?), ..ChatTabContent::default() },
        _ => return Err(wrong_type),
    };
    if tab.tab_name.as_ref().is_some_and(|name| name.chars().count() > MAX_TAB_NAME) {
        return Err(chat::TAB_NAME_TOO_LONG.into());
    }
    let config = tab.tab_config.clone().filter(|_| tab.tab_type == TabType::Url);
    if let Some(key) = config.as_ref().and_then(|config| config.icon_key.as_deref()) {
        let wrong = || chat::INVALID_PARAM.field("icon_key", key, "no image was uploaded under this key");
        let image = view.image(key)?.filter(|image| image.image_type == "message").ok_or_else(wrong)?;
        if image.app != caller.app.row.id {
            return Err(chat::TAB_ICON_NOT_OWN.into());
        }
    }
    Ok(ChatTab {
        tab_id: None,
        tab_name: tab.tab_name.clone(),
        tab_type: tab.tab_type.clone(),
        tab_content: Some(content),
        tab_config: config,
        ..ChatTab::default()
    })
}

fn address(given: Option<String>) -> Result<String> {
    let is_web = |text: &String| text.starts_with("http://") || text.starts_with("https://");
    given.filter(is_web).ok_or_else(|| chat::TAB_CONTENT_ILLEGAL.into())
}

fn added(view: &View<'_>, row: &ChatRow) -> Result<Vec<ChatTab>> {
    let tabs = view.chat_tabs(row.id)?.unwrap_or_default();
    Ok(serde_json::from_str(&tabs).unwrap_or_default())
}

fn keep(tx: &Tx<'_>, row: &ChatRow, tabs: Vec<ChatTab>) -> Result<ChatTabs> {
    tx.set_chat_tabs(row.id, &serde_json::to_string(&tabs).unwrap_or_default())?;
    Ok(shown(row, tabs))
}

/// The messages, which every chat has, and what was added.
fn shown(row: &ChatRow, added: Vec<ChatTab>) -> ChatTabs {
    let messages = ChatTab {
        tab_id: Some(message_tab_id(row)),
        tab_type: TabType::Message,
        tab_content: Some(ChatTabContent::default()),
        ..ChatTab::default()
    };
    ChatTabs { chat_tabs: std::iter::once(messages).chain(added).collect(), ..ChatTabs::default() }
}

fn message_tab_id(row: &ChatRow) -> String {
    tab_id(row.created_at, row.id)
}

/// 64 bits that begin with the time, as the documented examples do.
pub(super) fn tab_id(at: i64, low: i64) -> String {
    ((at << 22) | (low & 0x003f_ffff)).to_string()
}
