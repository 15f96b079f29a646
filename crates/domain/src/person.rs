//! From the names users go by to their rows, and back.

use larkspur_api::{Refusal, code::gateway, user::UserIdType};
use larkspur_store::{View, user::UserRow};

use crate::{App, Failure, Result};

/// What an id names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This user of the app's tenant.
    User(UserRow),
    /// A user, but by the name another app has for them.
    OtherApp,
    /// Nobody, or someone of another tenant.
    Nobody,
}

impl Found {
    /// The user, or the refusal of the gateway for this kind of id.
    pub fn or_refuse(self, id_type: &UserIdType, id: &str) -> Result<UserRow> {
        match self {
            Self::User(user) => Ok(user),
            Self::OtherApp => Err(gateway::OPEN_ID_CROSS_APP.into()),
            Self::Nobody => Err(Failure::from(unknown(id_type, &[id]))),
        }
    }
}

/// The gateway's refusal of ids that name nobody.
pub fn unknown(id_type: &UserIdType, ids: &[&str]) -> Refusal {
    let code = match id_type {
        UserIdType::UnionId => gateway::UNION_ID_UNKNOWN,
        UserIdType::UserId => gateway::USER_ID_UNKNOWN,
        UserIdType::OpenId | UserIdType::Other(_) => gateway::OPEN_ID_UNKNOWN,
    };
    if code.msg.contains("%v") { code.because(format!("[{}]", ids.join(" "))) } else { code.into() }
}

/// Whom an id names, to an app.
pub fn find(view: &View<'_>, app: &App, id_type: &UserIdType, id: &str) -> Result<Found> {
    let tenant_key = &app.row.tenant_key;
    let user = match id_type {
        UserIdType::OpenId | UserIdType::Other(_) => match view.open_id_owner(id)? {
            Some(owner) if owner.app != app.row.id => return Ok(Found::OtherApp),
            Some(owner) => view.user_by_row(owner.user)?,
            None => None,
        },
        UserIdType::UnionId => view.user_by_union_id(id)?,
        UserIdType::UserId => view.user_by_user_id(tenant_key, id)?,
    };
    Ok(user.filter(|user| user.tenant_key == *tenant_key).map_or(Found::Nobody, Found::User))
}

/// Whether an id names someone of another tenant. Only a `union_id` can: the other names hold within a tenant.
pub fn is_elsewhere(view: &View<'_>, app: &App, id_type: &UserIdType, id: &str) -> Result<bool> {
    if *id_type != UserIdType::UnionId {
        return Ok(false);
    }
    Ok(view.user_by_union_id(id)?.is_some_and(|user| user.tenant_key != app.row.tenant_key))
}

/// What an app calls a user, in the form asked for.
pub fn name_of(view: &View<'_>, app: &App, id_type: &UserIdType, user: &UserRow) -> Result<String> {
    Ok(match id_type {
        UserIdType::UnionId => user.union_id.clone(),
        UserIdType::UserId => user.user_id.clone(),
        UserIdType::OpenId | UserIdType::Other(_) => view.open_id(app.row.id, user.id)?.unwrap_or_default(),
    })
}

/// The kind of an id whose kind nobody named, as mentions have it.
pub fn kind_of(id: &str) -> UserIdType {
    if id.starts_with("ou_") {
        UserIdType::OpenId
    } else if id.starts_with("on_") {
        UserIdType::UnionId
    } else {
        UserIdType::UserId
    }
}
