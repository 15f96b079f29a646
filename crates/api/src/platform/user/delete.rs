//! `DELETE /_larkspur/v1/users`

use super::User;
use crate::prelude::*;

/// A user leaves the tenant, and so every group. Apps that listen to `contact.user.deleted_v3` are told.
#[endpoint(
    id = "platform.user.delete",
    method = DELETE,
    path = "/_larkspur/v1/users",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "user delete",
    response = User,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
}
