//! What happens to chats and who is in them.

use std::collections::BTreeSet;

use larkspur_api::{
    event::{
        UserIds,
        im::chat::{
            access_event::bot_p2p_chat_entered_v1,
            disbanded_v1,
            member::{bot, user},
            updated_v1::{self, ChatChange, Moderator, ModeratorList},
        },
        p2p_chat_create,
    },
    im::v1::chat::{Permission, ShareCardPermission},
    time::Millis,
};
use larkspur_store::{Actor, Tx, chat::ChatRow, message::MessageRow};

use super::{Scene, actor_ids, message::is_in, user_ids};
use crate::{App, Context, Result, chat::Settings};

/// A change of a chat: where, by whom, and what all its events say.
struct Change<'a> {
    scene: Scene<'a>,
    chat: &'a ChatRow,
    by: Actor,
}

impl<'a> Change<'a> {
    fn new(tx: &'a Tx<'a>, context: &'a Context, chat: &'a ChatRow, by: Actor) -> Self {
        Self { scene: Scene { tx, context, tenant_key: &chat.tenant_key, lane: &chat.chat_id }, chat, by }
    }

    fn operator(&self, app: &App) -> Result<Option<UserIds>> {
        actor_ids(self.scene.tx, self.scene.context, app, self.by).map(Some)
    }

    fn tenant_key(&self) -> Option<String> {
        Some(self.chat.tenant_key.clone())
    }
}

/// The fields that most events of chats share, in the struct of one of them.
macro_rules! chat_event {
    ($module:path, $change:expr, $app:expr $(, $field:ident: $value:expr)*) => {{
        use $module as event;
        let settings = Settings::of($change.chat);
        event::Event {
            chat_id: $change.chat.chat_id.as_str().into(),
            operator_id: $change.operator($app)?,
            external: false,
            operator_tenant_key: $change.tenant_key(),
            name: settings.name,
            i18n_names: settings.i18n_names,
            $($field: $value,)*
            ..event::Event::default()
        }
    }};
}

/// Users and bots came into a group.
///
/// Bots that were there hear of users; of bots only they themselves hear.
pub(crate) fn members_added(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    by: Actor,
    who: &[Actor],
) -> Result<()> {
    let change = Change::new(tx, context, chat, by);
    let users = users(who);
    if !users.is_empty() {
        change.scene.tell(|app| {
            let is_new = who.contains(&Actor::App(app.row.id));
            if is_new || !is_in(tx, app, chat)? {
                return Ok(None);
            }
            let users = named(tx, app, &users)?;
            Ok(Some(chat_event!(user::added_v1, change, app, users: users)))
        })?;
    }
    change.scene.tell(|app| {
        let added = who.contains(&Actor::App(app.row.id)) && by != Actor::App(app.row.id);
        Ok(if added { Some(chat_event!(bot::added_v1, change, app)) } else { None })
    })
}

/// Users and bots were put out of a group, or left it. Called when they are gone.
pub(crate) fn members_removed(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    by: Actor,
    who: &[Actor],
) -> Result<()> {
    let change = Change::new(tx, context, chat, by);
    let users = users(who);
    if !users.is_empty() {
        change.scene.tell(|app| {
            if !is_in(tx, app, chat)? {
                return Ok(None);
            }
            let users = named(tx, app, &users)?;
            Ok(Some(chat_event!(user::deleted_v1, change, app, users: users)))
        })?;
    }
    change.scene.tell(|app| {
        let removed = who.contains(&Actor::App(app.row.id)) && by != Actor::App(app.row.id);
        Ok(if removed { Some(chat_event!(bot::deleted_v1, change, app)) } else { None })
    })
}

/// Users were added to a group, and that was taken back. Called when they are gone.
pub(crate) fn members_withdrawn(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    by: Actor,
    who: &[Actor],
) -> Result<()> {
    let change = Change::new(tx, context, chat, by);
    let users = users(who);
    change.scene.tell(|app| {
        if !is_in(tx, app, chat)? {
            return Ok(None);
        }
        let users = named(tx, app, &users)?;
        Ok(Some(chat_event!(user::withdrawn_v1, change, app, users: users)))
    })
}

/// A group was dissolved. Called while its members are still in it.
pub fn disbanded(tx: &Tx<'_>, context: &Context, chat: &ChatRow, by: Actor) -> Result<()> {
    let change = Change::new(tx, context, chat, by);
    change.scene.tell(|app| {
        let told = is_in(tx, app, chat)?;
        Ok(if told { Some(chat_event!(disbanded_v1, change, app)) } else { None })
    })
}

/// Settings or the owner of a group were changed.
pub(crate) fn updated(
    tx: &Tx<'_>,
    context: &Context,
    before: &ChatRow,
    after: &ChatRow,
    by: Actor,
) -> Result<()> {
    moderated(tx, context, before, after, by, &[], &[])
}

/// The same, and users came onto or went from the list of those who may speak.
pub(crate) fn moderated(
    tx: &Tx<'_>,
    context: &Context,
    before: &ChatRow,
    after: &ChatRow,
    by: Actor,
    came: &[i64],
    went: &[i64],
) -> Result<()> {
    let differs = before.settings != after.settings || before.owner != after.owner;
    let listed = !came.is_empty() || !went.is_empty();
    if !differs && !listed {
        return Ok(());
    }
    let change = Change::new(tx, context, after, by);
    let (old, new) = (Settings::of(before), Settings::of(after));
    change.scene.tell(|app| {
        if !is_in(tx, app, after)? {
            return Ok(None);
        }
        let owner = |chat: &ChatRow| match chat.owner.filter(|_| before.owner != after.owner) {
            Some(owner) => actor_ids(tx, context, app, owner).map(Some),
            None => Ok(None),
        };
        Ok(Some(updated_v1::Event {
            chat_id: after.chat_id.as_str().into(),
            operator_id: change.operator(app)?,
            external: false,
            operator_tenant_key: change.tenant_key(),
            before_change: match differs {
                true => Some(ChatChange { owner_id: owner(before)?, ..what_changed(&old, &new) }),
                false => None,
            },
            after_change: match differs {
                true => Some(ChatChange { owner_id: owner(after)?, ..what_changed(&new, &old) }),
                false => None,
            },
            moderator_list: match listed {
                true => Some(moderator_list(tx, app, after, came, went)?),
                false => None,
            },
            ..updated_v1::Event::default()
        }))
    })
}

/// How the list of those who may speak changed, as an app is told. The owner is always among those who came.
fn moderator_list(
    tx: &Tx<'_>,
    app: &App,
    chat: &ChatRow,
    came: &[i64],
    went: &[i64],
) -> Result<ModeratorList> {
    let moderators = |users: &[i64]| -> Result<Vec<Moderator>> {
        let one = |user: &i64| {
            let (tenant_key, user_id) = (Some(chat.tenant_key.clone()), user_ids(tx, app, *user)?);
            Ok(Moderator { tenant_key, user_id, ..Moderator::default() })
        };
        users.iter().map(one).collect()
    };
    let owner = match chat.owner {
        Some(Actor::User(owner)) if !came.contains(&owner) => Some(owner),
        _ => None,
    };
    let came: Vec<_> = owner.into_iter().chain(came.iter().copied()).collect();
    Ok(ModeratorList {
        added_member_list: Some(moderators(&came)?),
        removed_member_list: Some(moderators(went)?),
        ..ModeratorList::default()
    })
}

/// The settings that differ from others, as they are here.
fn what_changed(here: &Settings, there: &Settings) -> ChatChange {
    fn differing<T: Clone + PartialEq, U: From<T>>(here: &T, there: &T) -> Option<U> {
        (here != there).then(|| here.clone().into())
    }
    // The same words in another type: in events a permission may be unknown.
    fn word<T: PartialEq, U: for<'a> From<&'a str>>(
        here: &T,
        there: &T,
        word: impl Fn(&T) -> &str,
    ) -> Option<U> {
        (here != there).then(|| word(here).into())
    }
    let restricted = &here.restricted_mode_setting;
    ChatChange {
        avatar: differing(&here.avatar, &there.avatar).flatten(),
        name: differing(&here.name, &there.name).flatten(),
        description: differing(&here.description, &there.description),
        i18n_names: differing(&here.i18n_names, &there.i18n_names).flatten(),
        add_member_permission: word(
            &here.add_member_permission,
            &there.add_member_permission,
            Permission::as_str,
        ),
        share_card_permission: word(
            &here.share_card_permission,
            &there.share_card_permission,
            ShareCardPermission::as_str,
        ),
        at_all_permission: word(&here.at_all_permission, &there.at_all_permission, Permission::as_str),
        edit_permission: word(&here.edit_permission, &there.edit_permission, Permission::as_str),
        membership_approval: differing(&here.membership_approval, &there.membership_approval),
        join_message_visibility: differing(&here.join_message_visibility, &there.join_message_visibility),
        leave_message_visibility: differing(&here.leave_message_visibility, &there.leave_message_visibility),
        moderation_permission: differing(&here.moderation_permission, &there.moderation_permission),
        restricted_mode_setting: differing(restricted, &there.restricted_mode_setting),
        group_message_type: differing(&here.group_message_type, &there.group_message_type),
        ..ChatChange::default()
    }
}

/// The one-to-one chat of a user and a bot was made.
pub(crate) fn p2p_created(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    bot: i64,
    user: i64,
    by: Actor,
) -> Result<()> {
    let change = Change::new(tx, context, chat, by);
    change.scene.tell(|app| {
        if app.row.id != bot {
            return Ok(None);
        }
        let ids = user_ids(tx, app, user)?;
        let operator = actor_ids(tx, context, app, by)?;
        let operator = p2p_chat_create::Operator {
            open_id: operator.open_id,
            user_id: operator.user_id,
            ..p2p_chat_create::Operator::default()
        };
        let user = p2p_chat_create::User {
            name: tx.user_by_row(user)?.map(|user| user.name).unwrap_or_default(),
            open_id: ids.open_id,
            user_id: ids.user_id,
            ..p2p_chat_create::User::default()
        };
        Ok(Some(p2p_chat_create::Event {
            app_id: app.row.app_id.as_str().into(),
            chat_id: chat.chat_id.as_str().into(),
            operator: Some(operator),
            tenant_key: chat.tenant_key.clone(),
            r#type: "p2p_chat_create".to_owned(),
            user: Some(user),
            ..p2p_chat_create::Event::default()
        }))
    })
}

/// A user opened the one-to-one chat with a bot.
pub fn p2p_entered(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    bot: i64,
    user: i64,
    last: Option<&MessageRow>,
) -> Result<()> {
    let change = Change::new(tx, context, chat, Actor::User(user));
    change.scene.tell(|app| {
        if app.row.id != bot {
            return Ok(None);
        }
        Ok(Some(bot_p2p_chat_entered_v1::Event {
            chat_id: chat.chat_id.as_str().into(),
            operator_id: user_ids(tx, app, user)?,
            last_message_id: last.map(|last| last.message_id.as_str().into()),
            last_message_create_time: last.map(|last| Millis(last.created_at)),
            ..bot_p2p_chat_entered_v1::Event::default()
        }))
    })
}

/// The users among members, each once.
fn users(who: &[Actor]) -> Vec<i64> {
    let users: BTreeSet<i64> = who
        .iter()
        .filter_map(|one| match one {
            Actor::User(user) => Some(*user),
            Actor::App(_) => None,
        })
        .collect();
    users.into_iter().collect()
}

fn named(tx: &Tx<'_>, app: &App, users: &[i64]) -> Result<Vec<user::User>> {
    let mut named = Vec::with_capacity(users.len());
    for user in users {
        let Some(row) = tx.user_by_row(*user)? else { continue };
        named.push(user::User {
            name: row.name,
            tenant_key: Some(row.tenant_key),
            user_id: user_ids(tx, app, *user)?,
            ..user::User::default()
        });
    }
    Ok(named)
}
