//! What the administrator of a tenant has set, and what its apps then meet.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use larkspur_api::{
    code::{chat, message, reaction, resource},
    im::v1::chat::{ChatType, Permission, RestrictedModeSetting},
};
use larkspur_store::{Actor, Tx, View, message::MessageRow};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Caller, Context, Result};

/// What can be set on a tenant, as it is kept and as a seed has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TenantSettings {
    pub(crate) encryption_key_deleted: bool,
    pub(crate) storage_full: bool,
    pub(crate) writing_stopped: bool,
    pub(crate) sensitive_words: Vec<String>,
    pub(crate) data_loss_prevention: bool,
    pub(crate) urgent_quota: Option<i64>,
    pub(crate) restricted_mode: bool,
    pub(crate) hide_member_count: bool,
    pub(crate) public_chats: bool,
    pub(crate) max_chat_members: Option<i64>,
    pub(crate) edit_window: Option<i64>,
    pub(crate) recall_window: Option<i64>,
    /// By `user_id`; in a seed by name.
    pub(crate) shielded_users: Vec<String>,
}

impl Default for TenantSettings {
    fn default() -> Self {
        Self {
            encryption_key_deleted: false,
            storage_full: false,
            writing_stopped: false,
            sensitive_words: Vec::new(),
            data_loss_prevention: false,
            urgent_quota: None,
            restricted_mode: true,
            hide_member_count: true,
            public_chats: true,
            max_chat_members: None,
            edit_window: None,
            recall_window: None,
            shielded_users: Vec::new(),
        }
    }
}

/// The settings of all tenants, in memory: most calls ask for one.
#[derive(Default)]
pub struct Tenants(RwLock<HashMap<String, Arc<TenantSettings>>>);

impl Tenants {
    /// The settings of a tenant.
    pub fn get(&self, tenant_key: &str) -> Arc<TenantSettings> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(tenant_key).cloned().unwrap_or_default()
    }

    /// Puts settings in as the store has them, by tenant.
    pub fn extend(&self, columns: impl IntoIterator<Item = (String, String)>) {
        let mut tenants = self.0.write().unwrap_or_else(PoisonError::into_inner);
        tenants.extend(columns.into_iter().map(|(tenant_key, column)| {
            (tenant_key, Arc::new(serde_json::from_str(&column).unwrap_or_default()))
        }));
    }
}

/// What the tenant of the caller has set.
pub(crate) fn of(context: &Context, caller: &Caller) -> Arc<TenantSettings> {
    context.tenants.get(caller.tenant_key())
}

/// Keeps the settings of a tenant, and lets them count at once.
pub(crate) fn keep(tx: &Tx<'_>, context: &Context, tenant_key: &str, new: &TenantSettings) -> Result<()> {
    let column = new.to_column();
    tx.set_tenant_settings(tenant_key, &column)?;
    context.tenants.extend([(tenant_key.to_owned(), column)]);
    Ok(())
}

/// What looking through a text found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A sensitive word.
    SensitiveWord,
    /// A telephone number or an e-mail address.
    ContactDetails,
}

/// Refuses to store or hand out a file where that is not possible.
pub fn check_storage(context: &Context, caller: &Caller) -> Result<()> {
    let settings = of(context, caller);
    if settings.encryption_key_deleted {
        return Err(resource::MASTER_KEY_DELETED.into());
    }
    if settings.storage_full { Err(resource::HYBRID_STORAGE.into()) } else { Ok(()) }
}

/// The same, and refuses to write down that there is a new one.
pub fn check_storing(context: &Context, caller: &Caller) -> Result<()> {
    check_storage(context, caller)?;
    if of(context, caller).writing_stopped { Err(resource::WRITES_STOPPED.into()) } else { Ok(()) }
}

impl TenantSettings {
    pub(crate) fn to_column(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Refuses messages that cannot be encrypted any more.
    pub(crate) fn check_key(&self) -> Result<()> {
        if self.encryption_key_deleted { Err(message::CRYPT_KEY_DELETED.into()) } else { Ok(()) }
    }

    /// Refuses a message with a sensitive word or a leak. A custom bot is let through: no code of its own says that.
    pub(crate) fn check_content(&self, caller: &Caller, content: &str) -> Result<()> {
        match self.find(content) {
            _ if caller.app.is_custom_bot() => Ok(()),
            None => Ok(()),
            Some(Finding::SensitiveWord) => Err(message::SENSITIVE.into()),
            Some(Finding::ContactDetails) => Err(message::NOT_AUDITED.into()),
        }
    }

    /// Looks through the texts of content, which is JSON.
    pub(crate) fn find(&self, content: &str) -> Option<Finding> {
        if self.sensitive_words.is_empty() && !self.data_loss_prevention {
            return None;
        }
        let content: Value = serde_json::from_str(content).unwrap_or_default();
        let mut texts = Vec::new();
        collect_texts(&content, &mut texts);
        if texts.iter().any(|text| self.is_sensitive(text)) {
            return Some(Finding::SensitiveWord);
        }
        let leaks = self.data_loss_prevention && texts.iter().any(|text| holds_contact_details(text));
        leaks.then_some(Finding::ContactDetails)
    }

    fn is_sensitive(&self, text: &str) -> bool {
        self.sensitive_words.iter().any(|word| text.contains(word.as_str()))
    }

    /// Refuses a group by its name or description.
    pub(crate) fn review<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<()> {
        if texts.into_iter().any(|text| self.is_sensitive(text)) {
            return Err(chat::NOT_REVIEWED.into());
        }
        Ok(())
    }

    /// Refuses what the tenant does not let its groups have.
    pub(crate) fn check_group(
        &self,
        chat_type: Option<&ChatType>,
        restricted_mode: Option<&RestrictedModeSetting>,
        hide_member_count: Option<&Permission>,
    ) -> Result<()> {
        if !self.restricted_mode && restricted_mode.is_some_and(|setting| setting.status == Some(true)) {
            return Err(chat::NO_RESTRICTED_MODE.into());
        }
        if !self.hide_member_count && hide_member_count == Some(&Permission::OnlyOwner) {
            return Err(chat::NO_HIDE_COUNT.into());
        }
        if !self.public_chats && chat_type == Some(&ChatType::Public) {
            return Err(chat::NO_PUBLIC_GROUPS.into());
        }
        Ok(())
    }

    /// Refuses a number of users in a group.
    pub(crate) fn check_members(&self, users: i64) -> Result<()> {
        match self.max_chat_members {
            Some(max) if users > max => Err(chat::MEMBERS_LIMITED_BY_ADMIN.into()),
            _ => Ok(()),
        }
    }

    /// Refuses to edit a message that is too old for it.
    pub(crate) fn check_editable(&self, context: &Context, row: &MessageRow) -> Result<()> {
        if is_past(self.edit_window, context, row) { Err(message::EDIT_EXPIRED.into()) } else { Ok(()) }
    }

    /// Refuses to recall a message that is too old for it.
    pub(crate) fn check_recallable(&self, context: &Context, row: &MessageRow) -> Result<()> {
        if is_past(self.recall_window, context, row) { Err(message::RECALL_EXPIRED.into()) } else { Ok(()) }
    }

    /// Refuses to react to a message of someone whom nobody may react to.
    pub(crate) fn check_reaction(&self, view: &View<'_>, caller: &Caller, row: &MessageRow) -> Result<()> {
        let Actor::User(sender) = row.sender else { return Ok(()) };
        if self.shielded_users.is_empty() || caller.user == Some(sender) {
            return Ok(());
        }
        let sender = view.user_by_row(sender)?;
        if sender.is_some_and(|sender| self.shielded_users.contains(&sender.user_id)) {
            return Err(reaction::ADMIN_SETTINGS.into());
        }
        Ok(())
    }
}

/// Takes urgent messages from the quota of a tenant, one for each user.
pub(crate) fn spend_urgent(tx: &Tx<'_>, context: &Context, caller: &Caller, users: usize) -> Result<()> {
    let settings = of(context, caller);
    let Some(left) = settings.urgent_quota else { return Ok(()) };
    let left = left - i64::try_from(users).unwrap_or(i64::MAX);
    if left < 0 {
        return Err(message::URGENT_USED_UP.into());
    }
    let new = TenantSettings { urgent_quota: Some(left), ..(*settings).clone() };
    keep(tx, context, caller.tenant_key(), &new)
}

/// Whether a window in seconds has passed since a message was sent.
fn is_past(window: Option<i64>, context: &Context, row: &MessageRow) -> bool {
    window.is_some_and(|window| context.now() - row.created_at >= window.saturating_mul(1000))
}

/// The texts that people read. What stands under `…_key` and `…_id` they do not.
fn collect_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if !name.ends_with("_key") && !name.ends_with("_id") {
                    collect_texts(value, texts);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::String(text) => texts.push(text),
        _ => {}
    }
}

/// Whether a text holds a mobile number of China or an e-mail address.
fn holds_contact_details(text: &str) -> bool {
    let is_mobile = |digits: &str| digits.len() == 11 && digits.starts_with('1');
    let is_address = |word: &str| {
        let Some((name, host)) = word.split_once('@') else { return false };
        !name.is_empty()
            && host.split_once('.').is_some_and(|(first, rest)| !first.is_empty() && !rest.is_empty())
    };
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+');
    text.split(|c: char| !c.is_ascii_digit()).any(is_mobile)
        || text.split(|c: char| !in_word(c)).any(|word| is_address(word.trim_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_details_are_numbers_and_addresses() {
        assert!(holds_contact_details("call 13800000001!"));
        assert!(holds_contact_details("写信给ada@garden.example。"));
        assert!(!holds_contact_details("@_user_1 has 138000000011 apples, v1.2"));
    }

    #[test]
    fn keys_and_ids_are_not_read() {
        let settings =
            TenantSettings { sensitive_words: vec!["rose".to_owned()], ..TenantSettings::default() };
        assert_eq!(settings.find(r#"{"image_key":"rose"}"#), None);
        assert_eq!(settings.find(r#"{"zh_cn":{"title":"a rose"}}"#), Some(Finding::SensitiveWord));
    }
}
