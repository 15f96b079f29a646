//! The admins of a group.

use std::collections::BTreeSet;

use larkspur_api::{
    Code,
    code::chat,
    im::v1::{
        chat::MAX_INVITED_BOTS,
        chat_managers::{MAX_MANAGERS, Managers, add_managers, delete_managers},
        chat_members::MemberIdType,
    },
    user::UserIdType,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow};

use super::{check_bot, find_as_member};
use crate::{Caller, Context, Result, member, person};

/// Makes members of a group its admins. The owner is above that and is passed over.
pub fn add(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &add_managers::Request,
) -> Result<Managers> {
    let row = owned(tx, caller, request.chat_id.as_str())?;
    let id_type = request.member_id_type.clone().unwrap_or_default();
    let ids = request.manager_ids.as_deref().unwrap_or_default();
    let mut named = members(tx, context, caller, &row, &id_type, ids, chat::NO_VISIBILITY)?;
    named.retain(|member| row.owner != Some(*member));
    let managers: BTreeSet<_> = tx.managers(row.id)?.into_iter().collect();
    if managers.union(&named).count() > MAX_MANAGERS {
        return Err(chat::MANAGERS_FULL.into());
    }
    for member in named {
        tx.set_manager(row.id, member, true)?;
    }
    show(tx, context, caller, &row, &id_type)
}

/// Makes admins of a group plain members again.
pub fn delete(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &delete_managers::Request,
) -> Result<Managers> {
    let row = owned(tx, caller, request.chat_id.as_str())?;
    let id_type = request.member_id_type.clone().unwrap_or_default();
    let ids = request.manager_ids.as_deref().unwrap_or_default();
    for member in members(tx, context, caller, &row, &id_type, ids, chat::MANAGERS_NOT_VISIBLE)? {
        tx.set_manager(row.id, member, false)?;
    }
    show(tx, context, caller, &row, &id_type)
}

/// A group that the caller owns.
fn owned(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    check_bot(&caller.app)?;
    let row = find_as_member(view, caller, chat_id)?;
    if row.chat_mode == "p2p" {
        return Err(chat::INVALID_PARAM.field("chat_id", chat_id, "only groups have admins").into());
    }
    if row.owner != Some(caller.actor()) {
        return Err(chat::NOT_OWNER.into());
    }
    Ok(row)
}

/// The members that ids name. Ids that name none are passed over, unless all do; who is out of the app's sight
/// is refused, in the words of the endpoint.
fn members(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &ChatRow,
    id_type: &MemberIdType,
    ids: &[String],
    unseen: Code,
) -> Result<BTreeSet<Actor>> {
    if *id_type == MemberIdType::AppId && ids.len() > MAX_INVITED_BOTS {
        let what = format!("the max len is {MAX_INVITED_BOTS}");
        return Err(chat::INVALID_PARAM.field("manager_ids", "", what).into());
    }
    let mut members = BTreeSet::new();
    for id in ids {
        let member = match member::user_id_type(id_type) {
            None => context.apps.by_app_id(id).map(|bot| Actor::App(bot.row.id)),
            Some(kind) => match person::find(view, &caller.app, &kind, id)? {
                person::Found::User(user) => Some(Actor::User(user.id)),
                _ => None,
            },
        };
        let Some(member) = member else { continue };
        if view.member(row.id, member)?.is_none() {
            continue;
        }
        if let Actor::User(user) = member
            && !caller.app.is_available_to(user)
        {
            return Err(unseen.into());
        }
        members.insert(member);
    }
    if members.is_empty() { Err(chat::NO_VALID_MEMBERS.into()) } else { Ok(members) }
}

fn show(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &ChatRow,
    id_type: &MemberIdType,
) -> Result<Managers> {
    let kind = member::user_id_type(id_type).unwrap_or(UserIdType::OpenId);
    let (chat_managers, chat_bot_managers) = super::read::managers(view, context, caller, row, &kind)?;
    Ok(Managers { chat_managers, chat_bot_managers, ..Managers::default() })
}
