//! The groups of a workspace, and their custom bots.

use larkspur_api::custom_bot::v2::hook::{MAX_IP_RULES, MAX_KEYWORDS};
use larkspur_store::{Actor, Tx, chat::ChatRow};
use serde::Deserialize;

use super::{SeedError, find};
use crate::{
    Context,
    chat::Settings,
    hook::{self, NewHook},
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) name: String,
    /// Name of a user.
    owner: Option<String>,
    /// Names of users.
    #[serde(default)]
    users: Vec<String>,
    /// Names of apps.
    #[serde(default)]
    bots: Vec<String>,
    /// As in `im.v1.chat.update`, and `moderation_permission` besides.
    #[serde(default)]
    settings: serde_json::Map<String, serde_json::Value>,
    /// Its custom bots.
    #[serde(default)]
    hooks: Vec<Hook>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hook {
    name: String,
    /// The last part of the address.
    token: Option<String>,
    /// Asks for signatures.
    secret: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    ip_list: Vec<String>,
}

larkspur_store::debug_shows!(Hook: name, keywords, ip_list);

impl Group {
    pub(super) fn plant(
        &self,
        tx: &Tx<'_>,
        context: &Context,
        tenant_key: &str,
        users: &[(&str, i64)],
        apps: &[(&str, i64)],
    ) -> Result<i64, SeedError> {
        let members: Vec<i64> = self.users.iter().map(|name| find(users, name)).collect::<Result<_, _>>()?;
        let bots: Vec<i64> = self.bots.iter().map(|name| find(apps, name)).collect::<Result<_, _>>()?;
        let owner = self.owner.as_ref().map(|name| find(users, name)).transpose()?;
        let settings = serde_json::from_value::<Settings>(self.settings.clone().into())
            .map_err(|source| SeedError::Settings { group: self.name.clone(), source })?;
        let settings = Settings { name: Some(self.name.clone()), ..settings };
        let now = context.now();
        let owner = owner.map(Actor::User).or_else(|| bots.first().copied().map(Actor::App));
        let row = ChatRow {
            id: 0,
            chat_id: context.chat_id().into(),
            tenant_key: tenant_key.to_owned(),
            chat_mode: "group".to_owned(),
            chat_status: "normal".to_owned(),
            settings: settings.to_column(),
            owner,
            creator: bots.first().copied(),
            last_position: 0,
            active_at: now,
            created_at: now,
        };
        let chat = tx.insert_chat(&row)?;
        let members = members.into_iter().map(Actor::User).chain(bots.into_iter().map(Actor::App));
        for member in members.chain(owner.filter(|owner| matches!(owner, Actor::User(_)))) {
            tx.insert_member(chat, member, false, now)?;
        }
        let row = ChatRow { id: chat, ..row };
        self.hooks.iter().try_for_each(|hook| hook.plant(tx, context, &row))?;
        Ok(chat)
    }
}

impl Hook {
    pub(super) fn plant(&self, tx: &Tx<'_>, context: &Context, chat: &ChatRow) -> Result<(), SeedError> {
        let wrong = |what, value: &str, expected| SeedError::Form { what, value: value.to_owned(), expected };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if let Some(token) = &self.token
            && (token.is_empty() || !token.chars().all(is_plain))
        {
            return Err(wrong("token", token, "letters, digits, - and _"));
        }
        if let Some(secret) = self.secret.as_ref().filter(|secret| secret.is_empty()) {
            return Err(wrong("secret", secret, "some text, or none at all"));
        }
        if let Some(keyword) = self.keywords.get(MAX_KEYWORDS) {
            return Err(wrong("keyword", keyword, "at most 10 of them"));
        }
        if let Some(rule) = self.ip_list.get(MAX_IP_RULES) {
            return Err(wrong("ip_list", rule, "at most 10 of them"));
        }
        if let Some(rule) = self.ip_list.iter().find(|rule| !hook::is_rule(rule)) {
            return Err(wrong("ip_list", rule, "a.b.c.d, with * for parts of it, or a.b.c.d/n"));
        }
        let new = NewHook {
            name: self.name.clone(),
            token: self.token.clone(),
            secret: self.secret.clone(),
            keywords: self.keywords.clone(),
            ip_list: self.ip_list.clone(),
        };
        hook::create(tx, context, chat, &new)?;
        Ok(())
    }
}
