//! Chats: making, reading and changing them, and what a member may do in one.

pub mod create;
pub mod delete;
pub mod feed_shortcut;
pub mod link;
pub mod list;
pub mod managers;
pub mod menu;
pub mod moderation;
pub mod nature;
pub mod nickname;
pub mod read;
pub mod search;
pub mod tab;
pub mod top_notice;
pub mod update;
pub mod user_setting;

use larkspur_api::{
    code::chat,
    im::v1::{
        chat::{
            Chat, ChatMode, ChatTag, ChatType, GroupMessageType, MembershipApproval, ModerationPermission,
            Permission, RestrictedModeSetting, RestrictedPermission, ShareCardPermission, Visibility,
        },
        message::I18nNames,
    },
    user::UserIdType,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow};
use serde::{Deserialize, Serialize};

use crate::{App, Caller, Context, Result, event, person};

/// What can be set on a chat, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub(crate) avatar: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) description: String,
    pub(crate) i18n_names: Option<I18nNames>,
    pub(crate) group_message_type: GroupMessageType,
    pub(crate) chat_type: ChatType,
    pub(crate) add_member_permission: Permission,
    pub(crate) share_card_permission: ShareCardPermission,
    pub(crate) at_all_permission: Permission,
    pub(crate) edit_permission: Permission,
    pub(crate) join_message_visibility: Visibility,
    pub(crate) leave_message_visibility: Visibility,
    pub(crate) membership_approval: MembershipApproval,
    pub(crate) moderation_permission: ModerationPermission,
    pub(crate) restricted_mode_setting: RestrictedModeSetting,
    pub(crate) urgent_setting: Permission,
    pub(crate) video_conference_setting: Permission,
    pub(crate) hide_member_count_setting: Permission,
    pub(crate) pin_manage_setting: Permission,
    pub(crate) nature: nature::Nature,
}

impl Settings {
    /// The settings of a chat.
    pub fn of(chat: &ChatRow) -> Self {
        serde_json::from_str(&chat.settings).unwrap_or_default()
    }

    pub(crate) fn to_column(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether every message starts a thread.
    pub fn is_threaded(&self) -> bool {
        self.group_message_type == GroupMessageType::Thread
    }

    fn restricts(&self, permission: &Option<RestrictedPermission>) -> bool {
        self.restricted_mode_setting.status == Some(true)
            && *permission == Some(RestrictedPermission::NotAnyone)
    }

    /// Whether pictures and files may not be downloaded.
    pub fn forbids_downloads(&self) -> bool {
        self.restricts(&self.restricted_mode_setting.download_has_permission_setting)
    }

    /// Whether messages may not be copied, and so not be listed.
    pub fn forbids_copying(&self) -> bool {
        self.restricts(&self.restricted_mode_setting.message_has_permission_setting)
    }
}

/// Refuses restricted mode that is on and forbids nothing, or off and forbids something.
pub(crate) fn check_restricted_mode(setting: &RestrictedModeSetting) -> Result<()> {
    let forbidden = [
        &setting.screenshot_has_permission_setting,
        &setting.download_has_permission_setting,
        &setting.message_has_permission_setting,
    ];
    let forbids = forbidden.into_iter().any(|one| *one == Some(RestrictedPermission::NotAnyone));
    if forbids == (setting.status == Some(true)) {
        Ok(())
    } else {
        let what = "status is true exactly if something is forbidden";
        Err(chat::INVALID_PARAM.field("restricted_mode_setting", "", what).into())
    }
}

/// The bot ability, in the words of the chat endpoints.
pub fn check_bot(app: &App) -> Result<()> {
    if app.row.bot { Ok(()) } else { Err(chat::BOT_NOT_ACTIVATED.into()) }
}

/// Refuses a user to whom the app that calls for them is no longer available.
pub(crate) fn check_available(caller: &Caller) -> Result<()> {
    match caller.user {
        Some(user) if !caller.app.is_available_to(user) => Err(chat::NO_VISIBILITY.into()),
        _ => Ok(()),
    }
}

/// The chat that an id names, of the caller's tenant.
pub fn find(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    let row = view.chat_by_chat_id(chat_id)?.ok_or(chat::CHAT_ID_INVALID)?;
    if row.tenant_key != caller.tenant_key() {
        return Err(chat::CROSS_TENANT.into());
    }
    nature::check_internal(caller, &row, chat::NO_EXTERNAL_SCOPE)?;
    Ok(row)
}

/// The same, if it was not dissolved and the caller is a member.
pub(crate) fn find_as_member(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<ChatRow> {
    let row = find(view, caller, chat_id)?;
    if row.chat_status != "normal" {
        return Err(chat::DISSOLVED.into());
    }
    if view.member(row.id, caller.actor())?.is_none() {
        return Err(chat::OUT_OF_CHAT.into());
    }
    Ok(row)
}

/// Whether the caller owns the chat or is one of its admins.
pub(crate) fn is_owner_or_manager(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<bool> {
    let actor = caller.actor();
    Ok(chat.owner == Some(actor) || view.member(chat.id, actor)?.is_some_and(|member| member.manager))
}

/// Whether the caller owns the chat, or is the bot that made it and has the scope for that.
pub(crate) fn is_owner_or_maker(caller: &Caller, chat: &ChatRow) -> bool {
    let made_it = matches!(caller.actor(), Actor::App(app) if chat.creator == Some(app));
    chat.owner == Some(caller.actor()) || made_it && caller.has_scope("im:chat:operate_as_owner")
}

/// The same, or is one of its admins.
pub(crate) fn acts_as_owner(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<bool> {
    Ok(is_owner_or_maker(caller, chat) || is_owner_or_manager(view, caller, chat)?)
}

/// Whether the caller may speak in the chat. Owner and admins always may.
pub(crate) fn may_speak(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<bool> {
    match Settings::of(chat).moderation_permission {
        ModerationPermission::AllMembers | ModerationPermission::Other(_) => Ok(true),
        ModerationPermission::OnlyOwner => is_owner_or_manager(view, caller, chat),
        ModerationPermission::ModeratorList => {
            let listed = match caller.actor() {
                Actor::User(user) => view.is_moderator(chat.id, user)?,
                Actor::App(_) => false,
            };
            Ok(listed || is_owner_or_manager(view, caller, chat)?)
        }
    }
}

/// Whether the caller may mention everyone.
pub(crate) fn may_mention_all(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<bool> {
    Ok(Settings::of(chat).at_all_permission != Permission::OnlyOwner
        || is_owner_or_manager(view, caller, chat)?)
}

/// Makes the one-to-one chat of a bot and a user, for whoever of them speaks first.
pub(crate) fn create_p2p(tx: &Tx<'_>, context: &Context, app: &App, user: i64, by: Actor) -> Result<ChatRow> {
    let now = context.now();
    let mut row = ChatRow {
        id: 0,
        chat_id: context.chat_id().into(),
        tenant_key: app.row.tenant_key.clone(),
        chat_mode: "p2p".to_owned(),
        chat_status: "normal".to_owned(),
        settings: Settings::default().to_column(),
        owner: None,
        creator: None,
        last_position: 0,
        active_at: now,
        created_at: now,
    };
    row.id = tx.insert_chat(&row)?;
    tx.insert_p2p(app.row.id, user, row.id)?;
    tx.insert_member(row.id, Actor::User(user), false, now)?;
    tx.insert_member(row.id, Actor::App(app.row.id), false, now)?;
    event::chat::p2p_created(tx, context, &row, app.row.id, user, by)?;
    Ok(row)
}

/// What an app calls the owner of a chat, if it is a user.
pub(crate) fn owner_id(
    view: &View<'_>,
    app: &App,
    chat: &ChatRow,
    id_type: &UserIdType,
) -> Result<Option<String>> {
    let Some(Actor::User(owner)) = chat.owner else { return Ok(None) };
    let Some(owner) = view.user_by_row(owner)? else { return Ok(None) };
    Ok(Some(person::name_of(view, app, id_type, &owner)?))
}

/// The picture of a chat, as a URL below the platform's own address.
pub(crate) fn avatar_url(context: &Context, settings: &Settings) -> String {
    context.avatar_url(settings.avatar.as_deref())
}

/// A chat as a member sees it. Counts, admins and status are for the caller to add.
pub(crate) fn show(
    view: &View<'_>,
    context: &Context,
    app: &App,
    row: &ChatRow,
    id_type: &UserIdType,
) -> Result<Chat> {
    let settings = Settings::of(row);
    let avatar = avatar_url(context, &settings);
    if row.chat_mode == "p2p" {
        return Ok(Chat {
            avatar: Some(avatar),
            description: Some(String::new()),
            chat_mode: Some(ChatMode::P2p),
            edit_permission: Some(settings.edit_permission),
            moderation_permission: Some(settings.moderation_permission),
            external: Some(false),
            tenant_key: Some(row.tenant_key.clone()),
            ..Chat::default()
        });
    }
    let owner_id = owner_id(view, app, row, id_type)?;
    Ok(Chat {
        avatar: Some(avatar),
        name: settings.name,
        description: Some(settings.description),
        i18n_names: settings.i18n_names,
        owner_id_type: owner_id.is_some().then(|| id_type.clone()),
        owner_id,
        urgent_setting: Some(settings.urgent_setting),
        video_conference_setting: Some(settings.video_conference_setting),
        pin_manage_setting: Some(settings.pin_manage_setting),
        add_member_permission: Some(settings.add_member_permission),
        share_card_permission: Some(settings.share_card_permission),
        at_all_permission: Some(settings.at_all_permission),
        edit_permission: Some(settings.edit_permission),
        group_message_type: Some(settings.group_message_type),
        chat_mode: Some(ChatMode::from(row.chat_mode.as_str())),
        chat_type: Some(settings.chat_type),
        chat_tag: Some(ChatTag::Inner),
        external: Some(false),
        tenant_key: Some(row.tenant_key.clone()),
        join_message_visibility: Some(settings.join_message_visibility),
        leave_message_visibility: Some(settings.leave_message_visibility),
        membership_approval: Some(settings.membership_approval),
        moderation_permission: Some(settings.moderation_permission),
        restricted_mode_setting: Some(settings.restricted_mode_setting),
        hide_member_count_setting: Some(settings.hide_member_count_setting),
        ..Chat::default()
    })
}
