//! `PATCH /_larkspur/v1/users`

use super::User;
use crate::prelude::*;

/// Something about a user changes. Apps that listen to `contact.user.updated_v3` are told.
#[endpoint(
    id = "platform.user.update",
    method = PATCH,
    path = "/_larkspur/v1/users",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "user update",
    response = User,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","name":"Ada Obi"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The name.
    #[body(min_len = 1)]
    pub name: Option<String>,
    /// The English name.
    #[body]
    pub en_name: Option<String>,
    /// The e-mail address.
    #[body]
    pub email: Option<String>,
    /// The phone number, with the country before it: `+86…`.
    #[body]
    pub mobile: Option<String>,
}
