//! Cards in a group that one user alone sees.
//!
//! They are messages in no list, which only that user finds. The user clicks them as any card, and the bot
//! updates them with the token of the click.

use larkspur_api::{
    code::{ephemeral, gateway, message},
    content::Content,
    ephemeral::v1::card::send,
    id::{OpenId, UserId},
    im::v1::message::MsgType,
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View,
    message::{MessageRow, State},
    user::UserRow,
};

use super::{check_reachable, send::check_objects};
use crate::{Caller, Context, Failure, Result, card, content, person};

/// Sends a card to one user of a group.
pub fn send(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &send::Request) -> Result<MessageRow> {
    if !caller.app.row.bot {
        return Err(ephemeral::NO_BOT.into());
    }
    let chat = tx.chat_by_chat_id(request.chat_id.as_str())?;
    let chat = chat.filter(|chat| chat.tenant_key == caller.tenant_key()).ok_or(ephemeral::CHAT_UNKNOWN)?;
    if chat.chat_status != "normal" {
        return Err(ephemeral::CHAT_DISSOLVED.into());
    }
    if tx.member(chat.id, caller.actor())?.is_none() {
        return Err(ephemeral::BOT_OUTSIDE.into());
    }
    if chat.chat_mode != "group" {
        return Err(ephemeral::NOT_A_GROUP.into());
    }
    let user = user(tx, caller, request)?;
    if tx.member(chat.id, Actor::User(user.id))?.is_none() {
        return Err(ephemeral::USER_OUTSIDE.into());
    }
    check_reachable(tx, &caller.app, user.id).map_err(in_own_words)?;
    let card = content::parse(&MsgType::Interactive, &request.card.to_string()).map_err(in_own_words)?;
    let card = match card {
        Content::Interactive(card) => {
            Content::Interactive(card::resolve_shown(tx, caller, &card).map_err(in_own_words)?)
        }
        other => other,
    };
    check_objects(tx, caller, &card).map_err(in_own_words)?;
    let now = context.now();
    if !context.pace.allows_for_one(chat.id, now) {
        return Err(ephemeral::RATE_LIMITED.into());
    }
    let mut row = MessageRow {
        id: 0,
        message_id: context.message_id().into(),
        chat: chat.id,
        sender: caller.actor(),
        msg_type: MsgType::Interactive.as_str().to_owned(),
        content: Content::to_wire(&card),
        mentions: None,
        root_id: None,
        parent_id: None,
        thread_id: None,
        upper_message_id: None,
        only_for: Some(user.id),
        position: 0,
        thread_position: None,
        state: State::Sent,
        edits: 0,
        created_at: now,
        updated_at: now,
    };
    row.id = tx.insert_message(&row)?;
    Ok(row)
}

/// Takes a card away that the caller sent to one user.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, message_id: &str) -> Result<()> {
    if !caller.app.row.bot {
        return Err(ephemeral::NO_BOT.into());
    }
    let row = tx.message(message_id)?.filter(|row| row.only_for.is_some());
    let row = row.ok_or(ephemeral::MESSAGE_UNKNOWN)?;
    let chat = tx.chat_by_row(row.chat)?.filter(|chat| chat.tenant_key == caller.tenant_key());
    let chat = chat.ok_or(ephemeral::MESSAGE_UNKNOWN)?;
    if row.sender != caller.actor() {
        return Err(ephemeral::OTHER_SENDER.into());
    }
    if row.state != State::Sent {
        return Err(ephemeral::DELETED.into());
    }
    if tx.member(chat.id, caller.actor())?.is_none() {
        return Err(ephemeral::BOT_OUTSIDE.into());
    }
    tx.set_message_state(row.id, State::Deleted, context.now().max(row.created_at))?;
    Ok(())
}

/// The user that a request names: by `open_id`, else by `user_id`, else by e-mail address.
fn user(view: &View<'_>, caller: &Caller, request: &send::Request) -> Result<UserRow> {
    let open_id = request.open_id.as_ref().map(OpenId::as_str).filter(|id| !id.is_empty());
    let user_id = request.user_id.as_ref().map(UserId::as_str).filter(|id| !id.is_empty());
    let email = request.email.as_deref().filter(|email| !email.is_empty());
    let (id_type, id, unknown) = match (open_id, user_id, email) {
        (Some(id), _, _) => (UserIdType::OpenId, id, ephemeral::OPEN_ID_UNKNOWN),
        (None, Some(id), _) => (UserIdType::UserId, id, ephemeral::USER_ID_UNKNOWN),
        (None, None, Some(email)) => {
            let user = view.user_by_email(caller.tenant_key(), email)?;
            return user.ok_or_else(|| ephemeral::USER_UNKNOWN.into());
        }
        (None, None, None) => {
            return Err(ephemeral::INVALID_PARAM.because("open_id, user_id or email is required").into());
        }
    };
    match person::find(view, &caller.app, &id_type, id)? {
        person::Found::User(user) => Ok(user),
        person::Found::OtherApp => Err(gateway::OPEN_ID_CROSS_APP.into()),
        person::Found::Nobody => Err(unknown.into()),
    }
}

/// What the message endpoints say, with the numbers that these have for it.
fn in_own_words(failure: Failure) -> Failure {
    let Failure::Refused(refusal) = failure else { return failure };
    if refusal.code == message::NO_AVAILABILITY {
        return ephemeral::NO_AVAILABILITY.into();
    }
    ephemeral::CONTENT_FAILED.because(refusal.message()).into()
}
