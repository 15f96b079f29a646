//! A user joins and leaves groups, opens the chat with a bot, and uses its menu.

use std::collections::BTreeSet;

use larkspur_api::{
    act::{menu, withdraw},
    code::chat as chat_code,
    event::application::bot::menu_v6,
    id::{AppId, ChatId},
};
use larkspur_store::{
    Actor, Tx,
    message::{Container, Listing},
};

use super::{bot, message::chat_with, person, wrong};
use crate::{
    Context, Result, chat,
    event::{self, Scene, user_ids},
    member,
};

/// Joins a group.
pub fn join(tx: &Tx<'_>, context: &Context, user: &str, chat_id: &ChatId) -> Result<()> {
    let by = person(tx, context, user)?;
    let row = chat::find(tx, &by.caller, chat_id.as_str())?;
    if row.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    if row.chat_mode == "p2p" {
        return Err(chat_code::TYPE_UNSUPPORTED.into());
    }
    let actor = Actor::User(by.user.id);
    if tx.member(row.id, actor)?.is_none() {
        tx.insert_member(row.id, actor, false, context.now())?;
        event::chat::members_added(tx, context, &row, actor, &[actor])?;
    }
    Ok(())
}

/// Leaves a group.
pub fn leave(tx: &Tx<'_>, context: &Context, user: &str, chat_id: &ChatId) -> Result<()> {
    let by = person(tx, context, user)?;
    let row = chat::find_as_member(tx, &by.caller, chat_id.as_str())?;
    if row.chat_mode == "p2p" {
        return Err(chat_code::TYPE_UNSUPPORTED.into());
    }
    member::part(tx, context, &row, by.caller.actor(), BTreeSet::from([by.caller.actor()]))
}

/// Takes back that others were added to a group.
pub fn withdraw(tx: &Tx<'_>, context: &Context, request: &withdraw::Request) -> Result<()> {
    let by = person(tx, context, &request.user)?;
    let row = chat::find_as_member(tx, &by.caller, request.chat_id.as_str())?;
    if row.chat_mode == "p2p" {
        return Err(chat_code::TYPE_UNSUPPORTED.into());
    }
    let mut gone = Vec::new();
    for name in &request.members {
        let member = Actor::User(person(tx, context, name)?.user.id);
        if row.owner == Some(member) || member == by.caller.actor() || tx.member(row.id, member)?.is_none() {
            return Err(wrong("members", name, "is no member who was added").into());
        }
        gone.push(member);
    }
    for member in &gone {
        tx.delete_member(row.id, *member)?;
    }
    event::chat::members_withdrawn(tx, context, &row, by.caller.actor(), &gone)
}

/// Opens the one-to-one chat with a bot.
pub fn enter(tx: &Tx<'_>, context: &Context, user: &str, app_id: Option<&str>) -> Result<ChatId> {
    let by = person(tx, context, user)?;
    let app = bot(context, &by, app_id)?;
    let chat = chat_with(tx, context, &by, None, Some(&app.row.app_id))?;
    let newest = Listing {
        of: Container::Chat(chat.id),
        from: i64::MIN,
        to: i64::MAX,
        descending: true,
        after: None,
        limit: 1,
    };
    let last = tx.messages(&newest)?;
    event::chat::p2p_entered(tx, context, &chat, app.row.id, by.user.id, last.first())?;
    Ok(chat.chat_id.into())
}

/// Chooses an entry of a bot's menu.
pub fn menu(tx: &Tx<'_>, context: &Context, request: &menu::Request) -> Result<()> {
    let by = person(tx, context, &request.user)?;
    let chosen = bot(context, &by, request.app_id.as_ref().map(AppId::as_str))?;
    let scene = Scene { tx, context, tenant_key: &by.user.tenant_key, lane: &by.user.user_id };
    scene.tell(|app| {
        if app.row.id != chosen.row.id {
            return Ok(None);
        }
        let operator = menu_v6::Operator {
            operator_name: Some(by.user.name.clone()),
            operator_id: user_ids(tx, app, by.user.id)?,
            ..menu_v6::Operator::default()
        };
        Ok(Some(menu_v6::Event {
            operator,
            event_key: request.event_key.clone(),
            timestamp: context.now() / 1000,
            ..menu_v6::Event::default()
        }))
    })
}
