//! The departments of a workspace.

use larkspur_store::{Tx, department::DepartmentRow};
use serde::Deserialize;

use super::{SeedError, find};
use crate::Context;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Department {
    pub(super) name: String,
    #[serde(default)]
    en_name: String,
    department_id: Option<String>,
    /// Name of a department before it.
    parent: Option<String>,
    /// Name of a user.
    leader: Option<String>,
    /// Names of users.
    #[serde(default)]
    users: Vec<String>,
    /// Name of a group.
    group: Option<String>,
}

impl Department {
    pub(super) fn plant(
        &self,
        tx: &Tx<'_>,
        context: &Context,
        tenant_key: &str,
        before: &[(&str, i64)],
        users: &[(&str, i64)],
        groups: &[(&str, i64)],
    ) -> Result<i64, SeedError> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@' | '.');
        if let Some(id) = &self.department_id
            && (id.is_empty()
                || id.len() > 64
                || id == "0"
                || id.starts_with("od-")
                || !id.chars().all(is_plain))
        {
            return Err(SeedError::Form {
                what: "department_id",
                value: id.clone(),
                expected: "up to 64 letters, digits, -, _, @ and ., not 0 and not beginning with od-",
            });
        }
        let row = DepartmentRow {
            id: 0,
            tenant_key: tenant_key.to_owned(),
            department_id: self.department_id.clone().unwrap_or_else(|| context.hex(16)),
            open_department_id: context.open_department_id(),
            parent: self.parent.as_ref().map(|name| find(before, name)).transpose()?,
            name: self.name.clone(),
            en_name: self.en_name.clone(),
            leader: self.leader.as_ref().map(|name| find(users, name)).transpose()?,
            chat: self.group.as_ref().map(|name| find(groups, name)).transpose()?,
        };
        let id = tx.insert_department(&row)?;
        for name in &self.users {
            tx.insert_department_user(id, find(users, name)?)?;
        }
        Ok(id)
    }
}
