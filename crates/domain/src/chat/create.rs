//! Making a group.

use larkspur_api::{
    code::chat,
    im::v1::chat::{
        Chat, ChatMode, ChatType, MAX_INVITED_BOTS, RestrictedModeSetting, RestrictedPermission,
        create::Request,
    },
};
use larkspur_store::{Actor, Tx, chat::ChatRow};

use super::{Settings, check_bot, check_restricted_mode, show};
use crate::{App, Caller, Context, Result, event, person, resource, tenant};

/// How long a `uuid` counts, in ms: 10 hours.
const UUID_LIFE: i64 = 10 * 60 * 60 * 1000;

/// What a private group is called that nobody named.
const UNNAMED: &str = "(无主题)";

/// Makes a group, unless a request with the same `uuid` and owner made it already.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Chat> {
    check_bot(&caller.app)?;
    let now = context.now();
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let key = request.uuid.as_ref().filter(|uuid| !uuid.is_empty()).map(|uuid| {
        let owner = request.owner_id.as_deref().unwrap_or_default();
        format!("im.v1.chat.create/{}/{owner}/{uuid}", caller.app.row.id)
    });
    let made = match &key {
        Some(key) => tx.deduped(key, now)?,
        None => None,
    };
    let row = match made {
        Some(chat_id) => tx.chat_by_chat_id(&chat_id)?.ok_or(chat::BEING_CREATED)?,
        None => {
            let row = make(tx, context, caller, request)?;
            if let Some(key) = &key {
                tx.remember(key, &row.chat_id, now, now + UUID_LIFE)?;
            }
            row
        }
    };
    Ok(Chat { chat_id: Some(row.chat_id.as_str().into()), ..show(tx, context, &caller.app, &row, &id_type)? })
}

fn make(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<ChatRow> {
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let app = caller.app.row.id;
    if request.chat_mode.as_ref().is_some_and(|mode| *mode != ChatMode::Group) {
        return Err(chat::INVALID_PARAM.field("chat_mode", "", "options: [group]").into());
    }
    let settings = settings(tx, &caller.app, request)?;
    let limits = tenant::of(context, caller);
    limits.review(texts(&settings))?;
    limits.check_group(
        Some(&settings.chat_type),
        Some(&settings.restricted_mode_setting),
        Some(&settings.hide_member_count_setting),
    )?;

    let owner = match request.owner_id.as_deref().filter(|id| !id.is_empty()) {
        None => None,
        Some(id) => match person::find(tx, &caller.app, &id_type, id)? {
            person::Found::User(user) if user.resigned => return Err(chat::USER_RESIGNED.into()),
            person::Found::User(user) => Some(user.id),
            _ if person::is_elsewhere(tx, &caller.app, &id_type, id)? => {
                return Err(chat::CREATOR_CROSS_TENANT.into());
            }
            _ => return Err(chat::USER_ID_INVALID.into()),
        },
    };
    let mut users: Vec<i64> = owner.into_iter().collect();
    for id in request.user_id_list.iter().flatten() {
        match person::find(tx, &caller.app, &id_type, id)? {
            person::Found::User(user) if user.resigned => return Err(chat::USER_RESIGNED.into()),
            person::Found::User(user) => users.push(user.id),
            _ => {
                return Err(chat::UNAVAILABLE_IDS.field("user_id_list", id, "this id does not exist").into());
            }
        }
    }
    let mut bots = vec![app];
    for id in request.bot_id_list.iter().flatten() {
        let bot = context.apps.by_app_id(id.as_str()).filter(|bot| bot.is_invitable_to(caller.tenant_key()));
        match bot {
            Some(bot) if bot.row.bot => bots.push(bot.row.id),
            Some(_) => return Err(chat::BOT_NOT_ACTIVATED.into()),
            None => return Err(chat::BOT_UNKNOWN.into()),
        }
    }
    // The calling bot joins by itself and does not count as invited.
    if bots.len() > MAX_INVITED_BOTS + 1 {
        return Err(chat::INVALID_PARAM.field("bot_id_list", "", "the max len is 5").into());
    }

    let now = context.now();
    let mut row = ChatRow {
        id: 0,
        chat_id: context.chat_id().into(),
        tenant_key: caller.tenant_key().to_owned(),
        chat_mode: "group".to_owned(),
        chat_status: "normal".to_owned(),
        settings: settings.to_column(),
        owner: Some(owner.map_or(Actor::App(app), Actor::User)),
        creator: Some(app),
        last_position: 0,
        active_at: now,
        created_at: now,
    };
    row.id = tx.insert_chat(&row)?;
    for user in users {
        tx.insert_member(row.id, Actor::User(user), false, now)?;
    }
    let mut told = Vec::new();
    for bot in bots {
        told.push(Actor::App(bot));
        let manager = bot == app && owner.is_some() && request.set_bot_manager == Some(true);
        tx.insert_member(row.id, Actor::App(bot), manager, now)?;
    }
    event::chat::members_added(tx, context, &row, caller.actor(), &told)?;
    Ok(row)
}

fn settings(tx: &Tx<'_>, app: &App, request: &Request) -> Result<Settings> {
    let chat_type = request.chat_type.clone().unwrap_or_default();
    let name = request.name.clone().filter(|name| !name.is_empty());
    if chat_type == ChatType::Public {
        let name = name.as_deref().ok_or(chat::PUBLIC_NAME_EMPTY)?;
        if name.chars().count() < 2 {
            return Err(chat::PUBLIC_NAME_TOO_SHORT.into());
        }
    }
    if let Some(avatar) = &request.avatar
        && !resource::is_avatar(tx, app, avatar)?
    {
        return Err(chat::INVALID_PARAM
            .field("avatar", avatar, "no image was uploaded as an avatar under this key")
            .into());
    }
    let restricted_mode_setting = match &request.restricted_mode_setting {
        Some(setting) => {
            check_restricted_mode(setting)?;
            complete(setting)
        }
        None => complete(&RestrictedModeSetting::default()),
    };
    let group_message_type = request.group_message_type.clone().unwrap_or_default();
    Ok(Settings {
        avatar: request.avatar.clone(),
        name: Some(name.unwrap_or_else(|| UNNAMED.to_owned())),
        description: request.description.clone().unwrap_or_default(),
        i18n_names: request.i18n_names.clone(),
        group_message_type,
        chat_type,
        edit_permission: request.edit_permission.clone().unwrap_or_default(),
        join_message_visibility: request.join_message_visibility.clone().unwrap_or_default(),
        leave_message_visibility: request.leave_message_visibility.clone().unwrap_or_default(),
        membership_approval: request.membership_approval.clone().unwrap_or_default(),
        restricted_mode_setting,
        urgent_setting: request.urgent_setting.clone().unwrap_or_default(),
        video_conference_setting: request.video_conference_setting.clone().unwrap_or_default(),
        hide_member_count_setting: request.hide_member_count_setting.clone().unwrap_or_default(),
        pin_manage_setting: request.pin_manage_setting.clone().unwrap_or_default(),
        ..Settings::default()
    })
}

/// What of a group is there to be read: names and description.
pub(super) fn texts(settings: &Settings) -> Vec<&str> {
    let i18n = settings.i18n_names.iter().flat_map(|names| [&names.zh_cn, &names.en_us, &names.ja_jp]);
    let name = settings.name.as_deref();
    i18n.filter_map(Option::as_deref).chain(name).chain([settings.description.as_str()]).collect()
}

/// Restricted mode with its defaults filled in.
pub(super) fn complete(setting: &RestrictedModeSetting) -> RestrictedModeSetting {
    let or_default = |value: &Option<RestrictedPermission>| Some(value.clone().unwrap_or_default());
    RestrictedModeSetting {
        status: Some(setting.status.unwrap_or_default()),
        screenshot_has_permission_setting: or_default(&setting.screenshot_has_permission_setting),
        download_has_permission_setting: or_default(&setting.download_has_permission_setting),
        message_has_permission_setting: or_default(&setting.message_has_permission_setting),
        ..RestrictedModeSetting::default()
    }
}
