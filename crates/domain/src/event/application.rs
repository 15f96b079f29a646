//! Who may use an app.

use larkspur_api::event::{
    Event,
    application::application::visibility::added_v6::{self, Ids, User},
};
use larkspur_store::Tx;

use super::{envelope, hears, put};
use crate::{App, Context, Result};

/// A store app became available to users. `app` is as it will be; what it was is still in [`Context::apps`].
pub(crate) fn available(tx: &Tx<'_>, context: &Context, app: &App) -> Result<()> {
    let Some(before) = context.apps.get(app.row.id) else { return Ok(()) };
    if !hears(app, added_v6::Event::META) {
        return Ok(());
    }
    let mut users = Vec::new();
    for user in tx.users(&app.row.tenant_key)? {
        if !user.resigned && app.is_available_to(user.id) && !before.is_available_to(user.id) {
            let open_id = tx.open_id(app.row.id, user.id)?.unwrap_or_default().into();
            let user_id = Ids { open_id, union_id: Some(user.union_id.into()), ..Ids::default() };
            users.push(User { user_id, ..User::default() });
        }
    }
    if users.is_empty() {
        return Ok(());
    }
    let body = added_v6::Event { users, source: Some(0), ..added_v6::Event::default() };
    put(tx, context, app, &envelope(context, app, &body), "")
}
