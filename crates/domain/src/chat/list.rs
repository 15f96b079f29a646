//! Listing groups.

use larkspur_api::{
    code::chat,
    im::v1::chat::{
        ChatStatus,
        list::{ListChat, Request, Response, SortType},
    },
};
use larkspur_store::{View, chat::ChatOrder};

use super::{Settings, avatar_url, check_bot, owner_id};
use crate::{Caller, Context, Result, page};

/// A page of the groups that the caller is in.
pub fn list(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    check_bot(&caller.app)?;
    let by_activity = request.sort_type == Some(SortType::ByActiveTimeDesc);
    let identity = format!("im.v1.chat.list {:?} {by_activity}", caller.actor());
    let place = match request.page_token.as_deref() {
        None => None,
        Some(token) => {
            let wrong = |_| chat::INVALID_PARAM.field("page_token", token, "page_token is invalid");
            Some(page::place(&identity, token).map_err(wrong)?)
        }
    };
    let order = if by_activity {
        ChatOrder::Active { before: place }
    } else {
        ChatOrder::Created { after: place.map_or(0, |(_, row)| row) }
    };
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let mut rows = view.groups_of(caller.actor(), order, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let page_token =
        rows.last().filter(|_| has_more).map(|last| page::token(&identity, (last.active_at, last.id)));
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let settings = Settings::of(&row);
        let owner_id = owner_id(view, &caller.app, &row, &id_type)?;
        items.push(ListChat {
            chat_id: row.chat_id.as_str().into(),
            avatar: Some(avatar_url(context, &settings)),
            name: settings.name,
            description: Some(settings.description),
            owner_id_type: owner_id.is_some().then(|| id_type.clone()),
            owner_id,
            external: Some(false),
            tenant_key: Some(row.tenant_key),
            chat_status: Some(ChatStatus::from(row.chat_status.as_str())),
            ..ListChat::default()
        });
    }
    Ok(Response { items, page_token, has_more, ..Response::default() })
}
