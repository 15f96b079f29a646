//! Changing a group.

use larkspur_api::{
    code::chat,
    im::v1::chat::{ChatType, Permission, ShareCardPermission, update::Request},
    platform::chat::ChatKind,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow};

use super::{
    Settings, acts_as_owner, check_bot, check_restricted_mode,
    create::{complete, texts},
    find_as_member,
};
use crate::{App, Caller, Context, Result, event, person, resource, tenant};

/// Changes what the request names, all of it or nothing.
pub fn update(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<()> {
    check_bot(&caller.app)?;
    let row = find_as_member(tx, caller, request.chat_id.as_str())?;
    if row.chat_mode != "group" {
        return Err(chat::CHAT_TYPE_UNSUPPORTED.into());
    }
    let old = Settings::of(&row);
    if !acts_as_owner(tx, caller, &row)? {
        if old.edit_permission == Permission::OnlyOwner {
            return Err(chat::EDIT_FORBIDDEN.into());
        }
        if changes_more_than_certain_parts(request) {
            return Err(chat::ONLY_CERTAIN_PARTS.into());
        }
    }
    if old.nature.kind == ChatKind::Meeting && request.membership_approval.is_some() {
        return Err(chat::IN_MEETING.into());
    }
    let was_public = old.chat_type == ChatType::Public;
    let new = changed(tx, &caller.app, &row, old, request)?;
    let limits = tenant::of(context, caller);
    if request.name.is_some() || request.description.is_some() || request.i18n_names.is_some() {
        limits.review(texts(&new))?;
    }
    limits.check_group(
        request.chat_type.as_ref().filter(|_| !was_public),
        request.restricted_mode_setting.as_ref(),
        request.hide_member_count_setting.as_ref(),
    )?;
    let owner = match request.owner_id.as_deref().filter(|id| !id.is_empty()) {
        None => row.owner,
        Some(id) => Some(new_owner(tx, caller, &row, request, id)?),
    };
    let settings = new.to_column();
    tx.update_chat(row.id, &settings, owner)?;
    if let Some(owner) = owner.filter(|owner| row.owner != Some(*owner)) {
        // Above the admins, and so no longer one of them.
        tx.set_manager(row.id, owner, false)?;
    }
    let after = ChatRow { settings, owner, ..row.clone() };
    event::chat::updated(tx, context, &row, &after, caller.actor())
}

fn changes_more_than_certain_parts(request: &Request) -> bool {
    let plain = Request {
        user_id_type: request.user_id_type.clone(),
        avatar: request.avatar.clone(),
        name: request.name.clone(),
        description: request.description.clone(),
        i18n_names: request.i18n_names.clone(),
        ..Request::new(request.chat_id.clone())
    };
    plain != *request
}

fn changed(view: &View<'_>, app: &App, row: &ChatRow, old: Settings, request: &Request) -> Result<Settings> {
    let wrong = |field: &str, what: &str| chat::INVALID_PARAM.field(field, "", what);
    match (&request.add_member_permission, &request.share_card_permission) {
        (None, None)
        | (Some(Permission::AllMembers), Some(ShareCardPermission::Allowed))
        | (Some(Permission::OnlyOwner), Some(ShareCardPermission::NotAllowed)) => {}
        _ => {
            let what = "add_member_permission and share_card_permission go together: all_members with allowed, only_owner with not_allowed";
            return Err(wrong("share_card_permission", what).into());
        }
    }
    if let Some(avatar) = &request.avatar
        && !resource::is_avatar(view, app, avatar)?
    {
        return Err(chat::AVATAR_ILLEGAL.into());
    }
    let restricted_mode_setting = match &request.restricted_mode_setting {
        None => old.restricted_mode_setting,
        Some(setting) => {
            check_restricted_mode(setting)?;
            complete(setting)
        }
    };
    let new = Settings {
        avatar: request.avatar.clone().or(old.avatar),
        name: request.name.clone().or(old.name),
        description: request.description.clone().unwrap_or(old.description),
        i18n_names: request.i18n_names.clone().or(old.i18n_names),
        group_message_type: request.group_message_type.clone().unwrap_or(old.group_message_type),
        chat_type: request.chat_type.clone().unwrap_or(old.chat_type),
        add_member_permission: request.add_member_permission.clone().unwrap_or(old.add_member_permission),
        share_card_permission: request.share_card_permission.clone().unwrap_or(old.share_card_permission),
        at_all_permission: request.at_all_permission.clone().unwrap_or(old.at_all_permission),
        edit_permission: request.edit_permission.clone().unwrap_or(old.edit_permission),
        join_message_visibility: request
            .join_message_visibility
            .clone()
            .unwrap_or(old.join_message_visibility),
        leave_message_visibility: request
            .leave_message_visibility
            .clone()
            .unwrap_or(old.leave_message_visibility),
        membership_approval: request.membership_approval.clone().unwrap_or(old.membership_approval),
        moderation_permission: old.moderation_permission,
        restricted_mode_setting,
        urgent_setting: request.urgent_setting.clone().unwrap_or(old.urgent_setting),
        video_conference_setting: request
            .video_conference_setting
            .clone()
            .unwrap_or(old.video_conference_setting),
        hide_member_count_setting: request
            .hide_member_count_setting
            .clone()
            .unwrap_or(old.hide_member_count_setting),
        pin_manage_setting: request.pin_manage_setting.clone().unwrap_or(old.pin_manage_setting),
        nature: old.nature,
    };
    if new.chat_type == ChatType::Public {
        let name = new.name.as_deref().unwrap_or_default();
        if name.chars().count() < 2 {
            return Err(wrong("name", "the name of a public chat has at least two characters").into());
        }
        if view.public_name_taken(&row.tenant_key, name, row.id)? {
            return Err(chat::PUBLIC_NAME_TAKEN.into());
        }
    }
    Ok(new)
}

fn new_owner(view: &View<'_>, caller: &Caller, row: &ChatRow, request: &Request, id: &str) -> Result<Actor> {
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let person::Found::User(user) = person::find(view, &caller.app, &id_type, id)? else {
        if person::is_elsewhere(view, &caller.app, &id_type, id)? {
            return Err(chat::OWNER_CROSS_TENANT.into());
        }
        return Err(chat::OWNER_ID_INVALID.into());
    };
    let owner = Actor::User(user.id);
    if view.member(row.id, owner)?.is_none() {
        return Err(chat::NEW_OWNER_OUT_OF_CHAT.into());
    }
    Ok(owner)
}
