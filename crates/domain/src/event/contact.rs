//! Who joins and leaves a tenant, and what changes about them.

use larkspur_api::{
    event::contact::user::{User, created_v3, deleted_v3, updated_v3},
    user::DepartmentIdType,
};
use larkspur_store::{Tx, user::UserRow};

use super::Scene;
use crate::{App, Context, Result, contact};

fn scene<'a>(tx: &'a Tx<'a>, context: &'a Context, user: &'a UserRow) -> Scene<'a> {
    Scene { tx, context, tenant_key: &user.tenant_key, lane: &user.user_id }
}

/// A user as contact events show them. Departments never come, as their pages say.
fn show(tx: &Tx<'_>, context: &Context, app: &App, user: &UserRow) -> Result<User> {
    let shown = contact::show(tx, context, app, user, &DepartmentIdType::default())?;
    Ok(User {
        open_id: shown.open_id,
        union_id: Some(shown.union_id),
        user_id: shown.user_id,
        name: shown.name,
        en_name: shown.en_name,
        email: shown.email,
        mobile: shown.mobile,
        avatar: shown.avatar,
        status: shown.status,
        ..User::default()
    })
}

/// A user joined.
pub(crate) fn created(tx: &Tx<'_>, context: &Context, user: &UserRow) -> Result<()> {
    scene(tx, context, user).tell(|app| {
        let object = show(tx, context, app, user)?;
        Ok(app.is_available_to(user.id).then(|| created_v3::Event { object, ..created_v3::Event::default() }))
    })
}

/// Something about a user changed. What stayed is left out of the old one.
pub(crate) fn updated(tx: &Tx<'_>, context: &Context, old: &UserRow, new: &UserRow) -> Result<()> {
    scene(tx, context, new).tell(|app| {
        if !app.is_available_to(new.id) {
            return Ok(None);
        }
        let object = show(tx, context, app, new)?;
        let was = show(tx, context, app, old)?;
        let old_object = User {
            open_id: was.open_id,
            name: was.name.filter(|_| old.name != new.name),
            en_name: was.en_name.filter(|_| old.en_name != new.en_name),
            email: was.email.filter(|_| old.email != new.email),
            mobile: was.mobile.filter(|_| old.mobile != new.mobile),
            ..User::default()
        };
        let old_object = Some(old_object);
        Ok(Some(updated_v3::Event { object, old_object, ..updated_v3::Event::default() }))
    })
}

/// A user left.
pub(crate) fn deleted(tx: &Tx<'_>, context: &Context, user: &UserRow) -> Result<()> {
    scene(tx, context, user).tell(|app| {
        let object = show(tx, context, app, user)?;
        Ok(app.is_available_to(user.id).then(|| deleted_v3::Event { object, ..deleted_v3::Event::default() }))
    })
}
