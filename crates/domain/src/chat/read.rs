//! Reading a chat.

use larkspur_api::{
    code::chat,
    id::AppId,
    im::v1::chat::{Chat, ChatStatus},
    time::Count,
    user::UserIdType,
};
use larkspur_store::{Actor, View, chat::ChatRow};

use super::{check_bot, find, show};
use crate::{Caller, Context, Result, person};

/// A chat. Someone who is not a member gets name, picture, counts and status.
pub fn get(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    chat_id: &str,
    id_type: &UserIdType,
) -> Result<Chat> {
    check_bot(&caller.app)?;
    let row = find(view, caller, chat_id)?;
    let count = view.member_count(row.id)?;
    let counts = Chat {
        user_count: Some(Count(count.users)),
        bot_count: Some(Count(count.bots)),
        chat_status: Some(ChatStatus::from(row.chat_status.as_str())),
        ..Chat::default()
    };
    let full = show(view, context, &caller.app, &row, id_type)?;
    if view.member(row.id, caller.actor())?.is_none() {
        if row.chat_mode == "p2p" {
            return Err(chat::OUT_OF_CHAT.into());
        }
        return Ok(Chat { avatar: full.avatar, name: full.name, ..counts });
    }
    let (users, bots) = managers(view, context, caller, &row, id_type)?;
    Ok(Chat {
        user_manager_id_list: Some(users),
        bot_manager_id_list: Some(bots),
        user_count: counts.user_count,
        bot_count: counts.bot_count,
        chat_status: counts.chat_status,
        ..full
    })
}

/// The admins of a chat: users in the form asked for, and bots.
pub(super) fn managers(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    row: &ChatRow,
    id_type: &UserIdType,
) -> Result<(Vec<String>, Vec<AppId>)> {
    let mut users = Vec::new();
    let mut bots = Vec::new();
    for manager in view.managers(row.id)? {
        match manager {
            Actor::User(user) => {
                if let Some(user) = view.user_by_row(user)? {
                    users.push(person::name_of(view, &caller.app, id_type, &user)?);
                }
            }
            Actor::App(app) => bots.extend(context.apps.get(app).map(|app| app.row.app_id.as_str().into())),
        }
    }
    Ok((users, bots))
}
