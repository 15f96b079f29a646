//! The chats that users keep at the top.

use larkspur_api::{
    code::gateway,
    im::v2::feed_shortcut::{FailedShortcut, Outcome, Reason, Shortcut, create, list::Response, remove},
};
use larkspur_store::{Actor, Tx, View};

use crate::{Caller, Result, page};

/// How many come on a page.
const PAGE: i64 = 50;

/// What a chat is among the things that could be at the top.
const CHAT: i64 = 1;

/// Puts chats at the top. Those that are there move.
pub fn create(tx: &Tx<'_>, caller: &Caller, request: &create::Request) -> Result<Outcome> {
    let at_head = request.is_header.unwrap_or(true);
    let mut shortcuts: Vec<_> = request.shortcuts.iter().collect();
    if at_head {
        // Each goes above the one before, and the first is to stand highest.
        shortcuts.reverse();
    }
    each(tx, caller, &shortcuts, |user, chat| Ok(tx.put_feed_shortcut(user, chat, at_head)?))
}

/// Takes chats from the top. Those that are not there do not matter.
pub fn remove(tx: &Tx<'_>, caller: &Caller, request: &remove::Request) -> Result<Outcome> {
    let shortcuts: Vec<_> = request.shortcuts.iter().collect();
    each(tx, caller, &shortcuts, |user, chat| Ok(tx.delete_feed_shortcut(user, chat)?))
}

/// The chats at the top, from above.
pub fn list(view: &View<'_>, caller: &Caller, page_token: Option<&str>) -> Result<Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let identity = format!("im.v2.feed_shortcut.list {user}");
    let after = match page_token.filter(|token| !token.is_empty()) {
        None => i64::MIN,
        Some(token) => {
            let wrong =
                |_| gateway::FIELD_VALIDATION_FAILED.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let mut rows = view.feed_shortcuts(user, after, PAGE + 1)?;
    let has_more = rows.len() > usize::try_from(PAGE).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let page_token = rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.0)));
    let shown = |(_, chat_id): (i64, String)| Shortcut {
        feed_card_id: chat_id.into(),
        r#type: CHAT,
        ..Shortcut::default()
    };
    let shortcuts = rows.into_iter().map(shown).collect();
    Ok(Response { shortcuts, has_more, page_token, ..Response::default() })
}

fn each(
    view: &View<'_>,
    caller: &Caller,
    shortcuts: &[&Shortcut],
    change: impl Fn(i64, i64) -> Result<()>,
) -> Result<Outcome> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let mut outcome = Outcome::default();
    for shortcut in shortcuts {
        let row = view.chat_by_chat_id(shortcut.feed_card_id.as_str())?;
        let row = row.filter(|row| row.tenant_key == caller.tenant_key());
        let reason = match row {
            _ if shortcut.r#type != CHAT => Reason::TypeNotSupport,
            None => Reason::InvalidItem,
            Some(row) if view.member(row.id, Actor::User(user))?.is_none() => Reason::NoPermission,
            Some(row) => {
                change(user, row.id)?;
                continue;
            }
        };
        let shortcut = (*shortcut).clone();
        outcome.failed_shortcuts.push(FailedShortcut { shortcut, reason, ..FailedShortcut::default() });
    }
    Ok(outcome)
}
