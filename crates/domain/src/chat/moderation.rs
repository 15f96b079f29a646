//! Who may speak in a group.

use std::collections::BTreeSet;

use larkspur_api::{
    code::chat,
    im::v1::{
        chat::ModerationPermission,
        chat_moderation::{
            get::{self, ListModerator},
            update,
        },
    },
    platform::chat::ChatKind,
    user::UserIdType,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow};

use super::{Settings, check_bot, find_as_member, is_owner_or_maker};
use crate::{Caller, Context, Result, event, page, person};

/// Changes who may speak. The owner is always on the list, and the list is forgotten when it no longer counts.
pub fn update(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &update::Request) -> Result<()> {
    check_bot(&caller.app)?;
    let row = group(tx, caller, request.chat_id.as_str())?;
    if !is_owner_or_maker(caller, &row) {
        return Err(chat::ADD_FORBIDDEN.into());
    }
    let settings = Settings::of(&row);
    if settings.nature.banned {
        return Err(chat::BANNED.into());
    }
    if settings.nature.kind == ChatKind::Meeting {
        return Err(chat::MODERATION_IN_MEETING.into());
    }
    let was_list = settings.moderation_permission == ModerationPermission::ModeratorList;
    let permission = request.moderation_setting.clone().unwrap_or(settings.moderation_permission.clone());
    let is_list = permission == ModerationPermission::ModeratorList;
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let added = users(tx, caller, &row, &id_type, request.moderator_added_list.as_deref())?;
    let removed = users(tx, caller, &row, &id_type, request.moderator_removed_list.as_deref())?;
    if !added.is_disjoint(&removed) {
        let what = "nobody is in moderator_added_list as well";
        return Err(chat::INVALID_PARAM.field("moderator_removed_list", "", what).into());
    }
    let owner = match row.owner {
        Some(Actor::User(owner)) => Some(owner),
        _ => None,
    };
    let (mut came, mut went) = (Vec::new(), Vec::new());
    if is_list {
        for user in owner.into_iter().filter(|_| !was_list).chain(added) {
            if tx.insert_moderator(row.id, user)? {
                came.push(user);
            }
        }
        for user in removed.into_iter().filter(|user| owner != Some(*user)) {
            if tx.delete_moderator(row.id, user)? {
                went.push(user);
            }
        }
    } else {
        tx.clear_moderators(row.id)?;
    }
    let settings = Settings { moderation_permission: permission, ..settings }.to_column();
    tx.update_chat(row.id, &settings, row.owner)?;
    let after = ChatRow { settings, ..row.clone() };
    event::chat::moderated(tx, context, &row, &after, caller.actor(), &came, &went)
}

/// Who may speak, and a page of the list if there is one.
pub fn get(view: &View<'_>, caller: &Caller, request: &get::Request) -> Result<get::Response> {
    check_bot(&caller.app)?;
    let row = group(view, caller, request.chat_id.as_str())?;
    let moderation_setting = Settings::of(&row).moderation_permission;
    let identity = format!("im.v1.chat_moderation.get {}", row.chat_id);
    let after = match request.page_token.as_deref() {
        None => 0,
        Some(token) => {
            let wrong = |_| chat::INVALID_PARAM.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let mut rows = view.moderators(row.id, after, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let page_token = rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(user) = view.user_by_row(row.user)? else { continue };
        items.push(ListModerator {
            user_id_type: Some(id_type.clone()),
            user_id: person::name_of(view, &caller.app, &id_type, &user)?,
            tenant_key: Some(user.tenant_key),
            ..ListModerator::default()
        });
    }
    Ok(get::Response { moderation_setting, page_token, has_more, items, ..get::Response::default() })
}

fn group(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    let row = find_as_member(view, caller, chat_id)?;
    if row.chat_mode == "p2p" {
        return Err(chat::INVALID_PARAM.field("chat_id", chat_id, "only groups are moderated").into());
    }
    Ok(row)
}

/// The members that ids name. Who is none is passed over.
fn users(
    view: &View<'_>,
    caller: &Caller,
    row: &ChatRow,
    id_type: &UserIdType,
    ids: Option<&[String]>,
) -> Result<BTreeSet<i64>> {
    let mut users = BTreeSet::new();
    for id in ids.unwrap_or_default() {
        if let person::Found::User(user) = person::find(view, &caller.app, id_type, id)?
            && view.member(row.id, Actor::User(user.id))?.is_some()
        {
            users.insert(user.id);
        }
    }
    Ok(users)
}
