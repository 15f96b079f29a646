//! Emoji below messages.

use larkspur_api::{
    code::{chat as chat_code, message, reaction},
    content::emoji::EMOJI_TYPES,
    im::v1::message::MsgType,
    im::v1::message_reaction::{
        Emoji, MessageReaction, Operator, OperatorType,
        batch_query::{
            self, FailReason, FailedDetails, ReactionCount, ReactionCounts, ReactionDetails, ReactionItem,
        },
        list,
    },
    time::{Count, Millis},
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View,
    chat::ChatRow,
    message::{MessageRow, State},
    reaction::ReactionRow,
};

use super::{check_bot, check_reachable, is_seen};
use crate::{Caller, Context, Failure, Result, chat::nature, event::message::Reacted, page, person, tenant};

/// A reaction, and whether it is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The reaction.
    pub row: ReactionRow,
    /// Whether it was not there before.
    pub new: bool,
}

/// Puts an emoji below a message, if the caller may and the message takes one.
pub fn create(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    emoji_type: &str,
) -> Result<MessageReaction> {
    check_bot(&caller.app)?;
    check_emoji(emoji_type)?;
    let (row, chat) = find(tx, caller, message_id)?;
    check_may_react(tx, caller, &chat)?;
    if row.only_for.is_some() || MsgType::from(row.msg_type.as_str()) == MsgType::System {
        return Err(reaction::TYPE_NOT_SUPPORTED.into());
    }
    tenant::of(context, caller).check_reaction(tx, caller, &row)?;
    let added = add(tx, context, caller.actor(), &row, emoji_type)?;
    show(tx, context, caller, &added.row, &UserIdType::OpenId)
}

/// Takes a reaction away that the caller added.
pub fn delete(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    reaction_id: &str,
) -> Result<MessageReaction> {
    check_bot(&caller.app)?;
    let (row, chat) = find(tx, caller, message_id)?;
    check_may_react(tx, caller, &chat)?;
    tenant::of(context, caller).check_reaction(tx, caller, &row)?;
    let found = tx.reaction(reaction_id)?.ok_or(reaction::REACTION_ID_INVALID)?;
    if found.message != row.id {
        let below = tx.message_by_row(found.message)?;
        let chat = below.map(|below| tx.chat_by_row(below.chat)).transpose()?.flatten();
        let ours = chat.is_some_and(|chat| chat.tenant_key == caller.tenant_key());
        return Err(if ours { reaction::OTHER_MESSAGE } else { reaction::TYPE_INVALID }.into());
    }
    if found.operator != caller.actor() {
        return Err(reaction::NOT_OWN.into());
    }
    remove(tx, context, &row, &found)?;
    show(tx, context, caller, &found, &UserIdType::OpenId)
}

/// Takes the caller's own emoji away from below a message.
pub fn delete_own(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    emoji_type: &str,
) -> Result<()> {
    let (row, chat) = find(tx, caller, message_id)?;
    check_may_react(tx, caller, &chat)?;
    let found = tx.reaction_of(row.id, emoji_type, caller.actor())?;
    remove(tx, context, &row, &found.ok_or(reaction::REACTION_ID_INVALID)?)
}

/// A page of the reactions below a message.
pub fn list(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &list::Request,
) -> Result<list::Response> {
    check_bot(&caller.app)?;
    let emoji_type = request.reaction_type.as_deref();
    emoji_type.map_or(Ok(()), check_emoji)?;
    let (row, chat) = find(view, caller, request.message_id.as_str())?;
    if view.member(chat.id, caller.actor())?.is_none() {
        return Err(reaction::NO_ACCESS.into());
    }
    let token = request.page_token.as_deref();
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let page = page_of(view, &row, emoji_type, token, size)?.ok_or(reaction::PAGE_TOKEN_INVALID)?;
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let items = page.rows.iter().map(|one| show(view, context, caller, one, &id_type));
    Ok(list::Response {
        items: items.collect::<Result<_>>()?,
        has_more: page.next.is_some(),
        page_token: page.next,
        ..list::Response::default()
    })
}

/// A page of the reactions of each of several messages, and the numbers of all of them.
pub fn batch_query(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &batch_query::Request,
) -> Result<batch_query::Response> {
    check_bot(&caller.app)?;
    let emoji_type = request.reaction_type.as_deref();
    if emoji_type.is_some_and(|emoji_type| check_emoji(emoji_type).is_err()) {
        return Err(message::INVALID_PARAM.because("invalid reaction_type").into());
    }
    let size = request.page_size_per_message.unwrap_or(10);
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let mut response = batch_query::Response::default();
    for query in &request.queries {
        let message_id = query.message_id.clone().unwrap_or_default();
        let token = query.page_token.as_deref().filter(|token| !token.is_empty());
        let read = match readable(view, caller, message_id.as_str())? {
            Ok(row) => page_of(view, &row, emoji_type, token, size)?
                .map(|page| (row, page))
                .ok_or(FailReason::InvalidPageToken),
            Err(reason) => Err(reason),
        };
        let (row, page) = match read {
            Ok(read) => read,
            Err(fail_reason) => {
                let failed = FailedDetails { message_id, fail_reason, ..FailedDetails::default() };
                response.fail_msg_reaction_details.push(failed);
                continue;
            }
        };
        let items = page.rows.iter().map(|one| {
            let shown = show(view, context, caller, one, &id_type)?;
            Ok(ReactionItem {
                reaction_id: shown.reaction_id,
                operator: shown.operator,
                action_time: shown.action_time,
                emoji_type: shown.reaction_type.emoji_type,
                ..ReactionItem::default()
            })
        });
        response.success_msg_reaction_details.push(ReactionDetails {
            message_id: message_id.clone(),
            has_more: page.next.is_some(),
            message_reaction_items: items.collect::<Result<_>>()?,
            page_token: page.next,
            ..ReactionDetails::default()
        });
        let counts = view.reaction_counts(row.id)?.into_iter().map(|(reaction_type, count)| ReactionCount {
            reaction_type,
            count: Count(count),
            ..ReactionCount::default()
        });
        response.success_msg_reaction_counts.push(ReactionCounts {
            message_id,
            reaction_count: counts.collect(),
            ..ReactionCounts::default()
        });
    }
    Ok(response)
}

/// Puts an emoji below a message. If whoever does it has put the same one there already, that one stays.
///
/// Whether they may is for the caller to check.
pub fn add(
    tx: &Tx<'_>,
    context: &Context,
    operator: Actor,
    message: &MessageRow,
    emoji_type: &str,
) -> Result<Added> {
    if let Some(row) = tx.reaction_of(message.id, emoji_type, operator)? {
        return Ok(Added { row, new: false });
    }
    let mut row = ReactionRow {
        id: 0,
        reaction_id: context.reaction_id(),
        message: message.id,
        operator,
        emoji_type: emoji_type.to_owned(),
        created_at: context.now(),
    };
    row.id = tx.insert_reaction(&row)?;
    if let Some(chat) = tx.chat_by_row(message.chat)? {
        reacted(&row, message, &chat, row.created_at).created(tx, context)?;
    }
    Ok(Added { row, new: true })
}

/// Takes a reaction away. Whether whoever does it may is for the caller to check.
pub fn remove(tx: &Tx<'_>, context: &Context, message: &MessageRow, row: &ReactionRow) -> Result<()> {
    tx.delete_reaction(row.id)?;
    if let Some(chat) = tx.chat_by_row(message.chat)? {
        reacted(row, message, &chat, context.now()).deleted(tx, context)?;
    }
    Ok(())
}

fn reacted<'a>(row: &'a ReactionRow, message: &'a MessageRow, chat: &'a ChatRow, at: i64) -> Reacted<'a> {
    Reacted { chat, message_id: &message.message_id, emoji_type: &row.emoji_type, by: row.operator, at }
}

/// Refuses what is no emoji of the list.
pub fn check_emoji(emoji_type: &str) -> Result<()> {
    if EMOJI_TYPES.contains(&emoji_type) { Ok(()) } else { Err(reaction::TYPE_INVALID.into()) }
}

/// The message that an id names, and its chat, in the words of the reaction endpoints.
fn find(view: &View<'_>, caller: &Caller, message_id: &str) -> Result<(MessageRow, ChatRow)> {
    let row = view.message(message_id)?.filter(|row| row.upper_message_id.is_none());
    let row = row.ok_or(reaction::MESSAGE_UNKNOWN)?;
    let chat = view.chat_by_row(row.chat)?.filter(|chat| chat.tenant_key == caller.tenant_key());
    let chat = chat.ok_or(reaction::MESSAGE_UNKNOWN)?;
    match row.state {
        State::Sent if !is_seen(caller, &row) || nature::is_hidden(view, caller, &chat, &row)? => {
            Err(reaction::INVISIBLE.into())
        }
        State::Sent => Ok((row, chat)),
        State::Recalled => Err(reaction::MESSAGE_UNKNOWN.into()),
        State::Deleted => Err(message::DELETED.into()),
    }
}

/// A message whose reactions the caller may read, or why it may not.
fn readable(
    view: &View<'_>,
    caller: &Caller,
    message_id: &str,
) -> Result<std::result::Result<MessageRow, FailReason>> {
    let (row, chat) = match find(view, caller, message_id) {
        Ok(found) => found,
        Err(Failure::Refused(_)) => return Ok(Err(FailReason::Invalid)),
        Err(failure) => return Err(failure),
    };
    let member = view.member(chat.id, caller.actor())?;
    Ok(if member.is_some() { Ok(row) } else { Err(FailReason::NoPermission) })
}

/// A chat that still exists, has the caller as a member, and is not with a user out of its reach.
fn check_may_react(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<()> {
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    if view.member(chat.id, caller.actor())?.is_none() {
        return Err(reaction::NO_PERMISSION.into());
    }
    nature::check_internal(caller, chat, reaction::EXTERNAL_FORBIDDEN)?;
    nature::check_not_stopped(caller, chat, reaction::USER_SETTINGS)?;
    if chat.chat_mode == "p2p" {
        for other in view.user_members(chat.id, 0, 2)? {
            match check_reachable(view, &caller.app, other.member.row()) {
                Err(Failure::Refused(_)) => return Err(reaction::NO_AVAILABILITY.into()),
                reachable => reachable?,
            }
        }
    }
    Ok(())
}

struct Page {
    rows: Vec<ReactionRow>,
    /// Names the next page, if one follows.
    next: Option<String>,
}

/// A page of reactions; `None` if the token is not of this message and emoji.
fn page_of(
    view: &View<'_>,
    message: &MessageRow,
    emoji_type: Option<&str>,
    token: Option<&str>,
    size: i64,
) -> Result<Option<Page>> {
    let identity = format!("im.v1.message_reaction {} {emoji_type:?}", message.message_id);
    let after = match token.map(|token| page::place(&identity, token)) {
        None => 0,
        Some(Ok((_, row))) => row,
        Some(Err(_)) => return Ok(None),
    };
    let mut rows = view.reactions(message.id, emoji_type, after, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let next = rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    Ok(Some(Page { rows, next }))
}

/// A reaction as the API gives it.
fn show(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &ReactionRow,
    id_type: &UserIdType,
) -> Result<MessageReaction> {
    let (operator_id, operator_type) = match row.operator {
        Actor::App(app) => {
            let app = context.apps.get(app).map(|app| app.row.app_id.clone());
            (app.unwrap_or_default(), OperatorType::App)
        }
        Actor::User(user) => {
            let name = match view.user_by_row(user)? {
                Some(user) => person::name_of(view, &caller.app, id_type, &user)?,
                None => String::new(),
            };
            (name, OperatorType::User)
        }
    };
    Ok(MessageReaction {
        reaction_id: row.reaction_id.clone(),
        operator: Operator { operator_id, operator_type, ..Operator::default() },
        action_time: Millis(row.created_at),
        reaction_type: Emoji::new(row.emoji_type.as_str()),
        ..MessageReaction::default()
    })
}
