//! Listing the messages of a chat or a thread.

use larkspur_api::{
    code::message,
    im::v1::message::list::{ContainerIdType, Request, Response, SortType},
};
use larkspur_store::{
    View,
    chat::ChatRow,
    message::{Container, Listing},
};

use super::{Form, check_bot, check_member, check_read_scope, show};
use crate::{
    Caller, Context, Result,
    chat::{self, nature},
    page::{self, BadToken},
};

/// A page of messages.
pub fn list(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    check_bot(&caller.app)?;
    let invalid = |what: &str| message::INVALID_PARAM.because(what);
    let (from, to) = (request.start_time, request.end_time);
    let threaded = request.container_id_type == ContainerIdType::Thread;
    // A thread cannot be listed by time.
    if threaded && from.is_some() {
        return Err(invalid("invalid start_time").into());
    }
    if threaded && to.is_some() {
        return Err(invalid("invalid end_time").into());
    }
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(invalid("The end_time is earlier than the start_time").into());
    }

    let (chat, of) = container(view, request)?;
    if chat.tenant_key != caller.tenant_key() {
        return Err(invalid("invalid container_id").into());
    }
    check_member(view, caller, &chat)?;
    check_read_scope(caller, &chat)?;
    let hidden_before = nature::hidden_before(view, caller, &chat)?.unwrap_or(i64::MIN);
    if let Container::Thread(thread_id) = &of
        && view.thread_root(thread_id)?.is_some_and(|root| root.created_at < hidden_before)
    {
        return Err(message::THREAD_INVISIBLE.into());
    }
    if chat::Settings::of(&chat).forbids_copying() {
        return Err(message::CHAT_TYPE_UNSUPPORTED.into());
    }

    let descending = request.sort_type == Some(SortType::ByCreateTimeDesc);
    let identity = format!(
        "im.v1.message.list {} {} {from:?} {to:?} {descending}",
        request.container_id_type, request.container_id
    );
    let after = match request.page_token.as_deref() {
        None => None,
        Some(token) => Some(page::place(&identity, token).map_err(|bad| match bad {
            BadToken::Malformed => invalid("invalid page_token"),
            BadToken::OtherRequest => invalid("the request parameters have changed, page_token is invalid"),
        })?),
    };
    let size = request.page_size.unwrap_or(20);
    let listing = Listing {
        of,
        from: from.map_or(i64::MIN, |from| from.0.saturating_mul(1000)).max(hidden_before),
        to: to.map_or(i64::MAX, |to| to.0.saturating_mul(1000).saturating_add(999)),
        descending,
        after,
        limit: size + 1,
    };
    let mut rows = view.messages(&listing)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let page_token =
        rows.last().filter(|_| has_more).map(|last| page::token(&identity, (last.created_at, last.id)));
    let form = Form {
        raw_cards: request.card_msg_content_type.is_some(),
        sender_name: request.with_sender_name.unwrap_or_default(),
        tell_recalled: true,
        ..Form::default()
    };
    let items =
        rows.iter().map(|row| show(view, context, caller, &chat, row, &form)).collect::<Result<_>>()?;
    Ok(Response { has_more, page_token, items, ..Response::default() })
}

fn container(view: &View<'_>, request: &Request) -> Result<(ChatRow, Container)> {
    let invalid = || message::INVALID_PARAM.because("invalid container_id");
    match request.container_id_type {
        ContainerIdType::Thread => {
            let root = view.thread_root(&request.container_id)?.ok_or_else(invalid)?;
            let chat = view.chat_by_row(root.chat)?.ok_or_else(invalid)?;
            Ok((chat, Container::Thread(request.container_id.clone())))
        }
        _ => {
            let chat = view.chat_by_chat_id(&request.container_id)?.ok_or_else(invalid)?;
            let row = chat.id;
            Ok((chat, Container::Chat(row)))
        }
    }
}
