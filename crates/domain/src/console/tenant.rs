//! What an administrator sets for a tenant.

use larkspur_api::platform::tenant::{Tenant, update::Request};
use larkspur_store::{Tx, View};

use super::wrong;
use crate::{
    Context, Result, act,
    tenant::{TenantSettings, keep},
};

/// The settings of a tenant.
pub fn get(view: &View<'_>, context: &Context, tenant_key: &str) -> Result<Tenant> {
    let name = name_of(view, tenant_key)?;
    Ok(show(tenant_key, name, &context.tenants.get(tenant_key)))
}

/// Changes what the request names.
pub fn update(tx: &Tx<'_>, context: &Context, request: &Request) -> Result<Tenant> {
    let tenant_key = &request.tenant_key;
    let name = name_of(tx, tenant_key)?;
    let old = (*context.tenants.get(tenant_key)).clone();
    let limit = |new: Option<i64>, old| match new {
        None => old,
        Some(new) => Some(new).filter(|new| *new >= 0),
    };
    let shielded_users = match &request.shielded_users {
        None => old.shielded_users,
        Some(names) => {
            let mut users = Vec::new();
            for name in names {
                let user = act::person(tx, context, name)?.user;
                if user.tenant_key != *tenant_key {
                    return Err(wrong("shielded_users", name, "is of another tenant").into());
                }
                users.push(user.user_id);
            }
            users
        }
    };
    let mut sensitive_words = request.sensitive_words.clone().unwrap_or(old.sensitive_words);
    // An empty word stands in every text.
    sensitive_words.retain(|word| !word.is_empty());
    let new = TenantSettings {
        encryption_key_deleted: request.encryption_key_deleted.unwrap_or(old.encryption_key_deleted),
        storage_full: request.storage_full.unwrap_or(old.storage_full),
        writing_stopped: request.writing_stopped.unwrap_or(old.writing_stopped),
        sensitive_words,
        data_loss_prevention: request.data_loss_prevention.unwrap_or(old.data_loss_prevention),
        urgent_quota: limit(request.urgent_quota, old.urgent_quota),
        restricted_mode: request.restricted_mode.unwrap_or(old.restricted_mode),
        hide_member_count: request.hide_member_count.unwrap_or(old.hide_member_count),
        public_chats: request.public_chats.unwrap_or(old.public_chats),
        max_chat_members: limit(request.max_chat_members, old.max_chat_members),
        edit_window: limit(request.edit_window, old.edit_window),
        recall_window: limit(request.recall_window, old.recall_window),
        shielded_users,
    };
    keep(tx, context, tenant_key, &new)?;
    Ok(show(tenant_key, name, &new))
}

fn name_of(view: &View<'_>, tenant_key: &str) -> Result<String> {
    let tenant = view.tenants()?.into_iter().find(|(known, _)| known == tenant_key);
    Ok(tenant.ok_or_else(|| wrong("tenant_key", tenant_key, "no such tenant"))?.1)
}

fn show(tenant_key: &str, name: String, settings: &TenantSettings) -> Tenant {
    Tenant {
        tenant_key: tenant_key.to_owned(),
        name,
        encryption_key_deleted: settings.encryption_key_deleted,
        storage_full: settings.storage_full,
        writing_stopped: settings.writing_stopped,
        sensitive_words: settings.sensitive_words.clone(),
        data_loss_prevention: settings.data_loss_prevention,
        urgent_quota: settings.urgent_quota,
        restricted_mode: settings.restricted_mode,
        hide_member_count: settings.hide_member_count,
        public_chats: settings.public_chats,
        max_chat_members: settings.max_chat_members,
        edit_window: settings.edit_window,
        recall_window: settings.recall_window,
        shielded_users: settings.shielded_users.clone(),
        ..Tenant::default()
    }
}
