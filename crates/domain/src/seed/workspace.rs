//! What someone who begins to use a platform needs to know of it.

use larkspur_store::{Actor, View};
use serde::{Deserialize, Serialize};

use crate::{hook, person};

/// What someone who begins to use a platform needs to know of its first app.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// `cli_…`
    pub app_id: String,
    /// The secret.
    pub app_secret: String,
    /// The tenant.
    pub tenant_key: String,
    /// The first group with the bot in it.
    pub chat_id: String,
    /// The users of the tenant.
    pub users: Vec<WorkspaceUser>,
    /// The key that events are encrypted with; empty if they are not.
    pub encrypt_key: String,
    /// The token that events carry.
    pub verification_token: String,
    /// The custom bots of the tenant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<WorkspaceHook>,
}

larkspur_store::debug_shows!(Workspace: app_id, tenant_key, chat_id, users, hooks);

/// A custom bot.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceHook {
    /// The name.
    pub name: String,
    /// The group it speaks in.
    pub chat_id: String,
    /// Where it is called.
    pub url: String,
    /// What messages are signed with; empty if they need not be.
    pub secret: String,
}

larkspur_store::debug_shows!(WorkspaceHook: name, chat_id);

/// A user, by all the names the first app has for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceUser {
    /// The name.
    pub name: String,
    /// `ou_…`
    pub open_id: String,
    /// Within the tenant.
    pub user_id: String,
    /// `on_…`
    pub union_id: String,
    /// The e-mail address; may be empty.
    pub email: String,
}

impl Workspace {
    /// The workspace of the first app, if there is one, on a platform that is reached at `base_url`.
    pub fn read(view: &View<'_>, base_url: &str) -> crate::Result<Option<Self>> {
        let mut apps = view.apps()?.into_iter().map(crate::App::new);
        let Some(app) = apps.find(|app| !app.is_custom_bot() && !app.row.client && !app.row.deleted) else {
            return Ok(None);
        };
        let groups =
            view.groups_of(Actor::App(app.row.id), larkspur_store::chat::ChatOrder::Created { after: 0 }, 1)?;
        let mut users = Vec::new();
        for user in view.users(&app.row.tenant_key)? {
            users.push(WorkspaceUser {
                open_id: person::name_of(view, &app, &larkspur_api::user::UserIdType::OpenId, &user)?,
                name: user.name,
                user_id: user.user_id,
                union_id: user.union_id,
                email: user.email.unwrap_or_default(),
            });
        }
        let mut hooks = Vec::new();
        for row in view.hooks(&app.row.tenant_key)? {
            if let (Some(bot), Some(chat)) = (view.app_by_row(row.app)?, view.chat_by_row(row.chat)?) {
                hooks.push(WorkspaceHook {
                    name: bot.name,
                    chat_id: chat.chat_id,
                    url: hook::url(base_url, &row),
                    secret: row.secret.unwrap_or_default(),
                });
            }
        }
        Ok(Some(Self {
            hooks,
            chat_id: groups.into_iter().next().map(|group| group.chat_id).unwrap_or_default(),
            users,
            app_id: app.row.app_id,
            app_secret: app.row.app_secret,
            tenant_key: app.row.tenant_key,
            encrypt_key: app.row.encrypt_key,
            verification_token: app.row.verification_token,
        }))
    }
}
