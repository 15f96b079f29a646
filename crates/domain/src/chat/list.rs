//! Listing groups.

use larkspur_api::{
    code::chat,
    im::v1::{
        chat::{
            ChatStatus, batch_query,
            list::{ListChat, Request, Response, SortType},
        },
        chat_p2p::batch_query as p2p_batch_query,
    },
    user::UserIdType,
};
use larkspur_store::{
    View,
    chat::{ChatOrder, ChatRow},
};

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
        items.push(brief(view, context, caller, &row, &id_type)?);
    }
    Ok(Response { items, page_token, has_more, ..Response::default() })
}

/// A chat as it stands in lists.
pub(super) fn brief(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &ChatRow,
    id_type: &UserIdType,
) -> Result<ListChat> {
    let settings = Settings::of(row);
    let owner_id = owner_id(view, &caller.app, row, id_type)?;
    Ok(ListChat {
        chat_id: row.chat_id.as_str().into(),
        avatar: Some(avatar_url(context, &settings)),
        name: settings.name,
        description: Some(settings.description),
        owner_id_type: owner_id.is_some().then(|| id_type.clone()),
        owner_id,
        external: Some(false),
        tenant_key: Some(row.tenant_key.clone()),
        chat_status: Some(ChatStatus::from(row.chat_status.as_str())),
        ..ListChat::default()
    })
}

/// The chats among those named that the caller is in.
pub fn batch(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &batch_query::Request,
) -> Result<batch_query::Response> {
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let mut items = Vec::with_capacity(request.chat_ids.len());
    for chat_id in &request.chat_ids {
        if let Some(row) = view.chat_by_chat_id(chat_id.as_str())?
            && view.member(row.id, caller.actor())?.is_some()
        {
            items.push(brief(view, context, caller, &row, &id_type)?);
        }
    }
    Ok(batch_query::Response { items, ..batch_query::Response::default() })
}

/// The one-to-one chats of the calling user with others.
pub fn p2p(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &p2p_batch_query::Request,
) -> Result<p2p_batch_query::Response> {
    let mut p2p_chats = Vec::new();
    let Some(user) = caller.user else { return Ok(p2p_batch_query::Response::default()) };
    for id in &request.chatter_ids {
        // Users have no chats with one another here.
        if let Some(bot) = context.apps.by_open_id(id.as_str())
            && let Some(row) = view.p2p_chat(bot.row.id, user)?
        {
            p2p_chats.push(p2p_batch_query::P2pChat {
                chat_id: row.chat_id.into(),
                ..p2p_batch_query::P2pChat::default()
            });
        }
    }
    Ok(p2p_batch_query::Response { p2p_chats, ..p2p_batch_query::Response::default() })
}
