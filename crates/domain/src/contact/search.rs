//! Finding people and bots by their names.

use larkspur_api::{
    bot::v4::bot::search as v4,
    code::gateway,
    search::v1::user::list::{FoundUser, Request, Response},
    user::DepartmentIdType,
};
use larkspur_store::{Actor, View};

use super::show;
use crate::{Caller, Context, Result, page};

/// People who have not left and whom the app may see, with a text in one of their names.
pub fn users(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    let query = request.query.trim().to_lowercase();
    let identity = format!("search.v1.user.list {} {query}", caller.app.row.id);
    let after = after(&identity, request.page_token.as_deref())?;
    let mut rows = view.users(caller.tenant_key())?;
    let named = |name: &str| !query.is_empty() && name.to_lowercase().contains(&query);
    rows.retain(|user| !user.resigned && user.id > after && caller.app.is_available_to(user.id));
    rows.retain(|user| named(&user.name) || named(&user.en_name));
    let size = usize::try_from(request.page_size.unwrap_or(20)).unwrap_or_default();
    let has_more = rows.len() > size;
    rows.truncate(size);
    let page_token = rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    let mut users = Vec::with_capacity(rows.len());
    for row in rows {
        let user = show(view, context, &caller.app, &row, &DepartmentIdType::default())?;
        users.push(FoundUser {
            avatar: user.avatar.unwrap_or_default(),
            department_ids: user.department_ids.unwrap_or_default(),
            name: row.name,
            open_id: user.open_id,
            user_id: user.user_id,
            ..FoundUser::default()
        });
    }
    Ok(Response { has_more, page_token, users, ..Response::default() })
}

/// Bots that the calling user may use, with a text in their names.
pub fn bots(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &v4::Request,
) -> Result<v4::Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let query = request.query.as_deref().unwrap_or_default().trim().to_lowercase();
    let filter = request.filter.clone().unwrap_or_default();
    let identity = format!("bot.v4.bot.search {user} {query} {filter:?}");
    let after = after(&identity, request.page_token.as_deref())?;
    let size = usize::try_from(request.page_size.unwrap_or(20)).unwrap_or_default();
    let mut found = Vec::new();
    for app in context.apps.of_tenant(caller.tenant_key()) {
        let usable = app.row.bot && app.is_enabled() && app.is_available_to(user);
        if !usable || app.row.id <= after || !app.row.name.to_lowercase().contains(&query) {
            continue;
        }
        let p2p = view.p2p_chat(app.row.id, user)?;
        if filter.has_chatter.is_some_and(|has| has != p2p.is_some())
            || !is_in(view, user, app.row.id, filter.chat_ids.as_deref())?
        {
            continue;
        }
        found.push((app, p2p));
    }
    let has_more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| has_more);
    let page_token = last.map(|(app, _)| page::token(&identity, (0, app.row.id)));
    let items = found.into_iter().map(|(app, p2p)| v4::Item {
        id: app.row.open_id.as_str().into(),
        display_info: Some(app.row.name.clone()),
        meta_data: Some(v4::MetaData {
            tenant_id: Some(app.row.tenant_key.clone()),
            enable_join_group: Some(true),
            chat_id: p2p.map(|chat| chat.chat_id.into()),
            is_agent: Some(false),
            ..v4::MetaData::default()
        }),
        ..v4::Item::default()
    });
    Ok(v4::Response { items: items.collect(), has_more, page_token, ..v4::Response::default() })
}

/// Whether a bot is in one of the chats, those that the user is in. Without chats it need not be.
fn is_in(view: &View<'_>, user: i64, app: i64, chat_ids: Option<&[String]>) -> Result<bool> {
    let Some(chat_ids) = chat_ids.filter(|ids| !ids.is_empty()) else { return Ok(true) };
    for chat_id in chat_ids {
        if let Some(chat) = view.chat_by_chat_id(chat_id)?
            && view.member(chat.id, Actor::User(user))?.is_some()
            && view.member(chat.id, Actor::App(app))?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The row that the page before ended with.
fn after(identity: &str, page_token: Option<&str>) -> Result<i64> {
    match page_token.filter(|token| !token.is_empty()) {
        None => Ok(0),
        Some(token) => {
            let wrong =
                |_| gateway::FIELD_VALIDATION_FAILED.field("page_token", token, "page_token is invalid");
            Ok(page::place(identity, token).map_err(wrong)?.1)
        }
    }
}
