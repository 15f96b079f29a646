//! Messages that users are urged to read.
//!
//! Nobody is called up from here. That they would be is kept, for whoever looks.

use larkspur_api::{
    code::{chat as chat_code, message},
    im::v1::{chat::Permission, message::Urged},
    user::UserIdType,
};
use larkspur_store::{Actor, Tx, message::State};

use super::{check_bot, check_member, check_reachable, find_or_unknown};
use crate::{Caller, Context, Result, chat, person, tenant};

/// How many urgent messages a user may have unread.
const MAX_UNREAD: i64 = 200;

/// How users are urged. The others come on top of a notice in the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A notice in the app.
    App,
    /// A text message.
    Sms,
    /// A telephone call.
    Phone,
}

impl Means {
    const fn column(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Sms => "sms",
            Self::Phone => "phone",
        }
    }
}

/// Urges users to read a message of the caller.
pub fn urge(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    means: Means,
    message_id: &str,
    id_type: &UserIdType,
    user_ids: &[String],
) -> Result<Urged> {
    check_bot(&caller.app)?;
    let row = find_or_unknown(tx, caller, message_id)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(chat_code::DISSOLVED)?;
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    check_member(tx, caller, &chat)?;
    if row.sender != caller.actor() {
        return Err(message::NOT_SENDER.into());
    }
    if row.state != State::Sent {
        return Err(message::DELETED.into());
    }
    let by_owner_only = chat::Settings::of(&chat).urgent_setting == Permission::OnlyOwner;
    if tx.is_batch_part(row.id)? || by_owner_only && !chat::is_owner_or_manager(tx, caller, &chat)? {
        return Err(message::URGENT_FORBIDDEN.into());
    }

    let mut users = Vec::new();
    let mut invalid_user_id_list = Vec::new();
    for id in user_ids {
        match person::find(tx, &caller.app, id_type, id)? {
            person::Found::User(user) if tx.member(chat.id, Actor::User(user.id))?.is_some() => {
                users.push(user.id);
            }
            _ => invalid_user_id_list.push(id.clone()),
        }
    }
    if users.is_empty() {
        return Err(message::INVALID_PARAM.because("invalid user_id_list").into());
    }
    for user in &users {
        check_reachable(tx, &caller.app, *user)?;
        if tx.unread_urgents(*user, row.id)? >= MAX_UNREAD {
            return Err(message::URGENT_UNREAD.into());
        }
    }
    tenant::spend_urgent(tx, context, caller, users.len())?;
    for user in users {
        tx.insert_urgent(row.id, user, means.column(), context.now())?;
    }
    Ok(Urged { invalid_user_id_list, ..Urged::default() })
}
