//! `POST /_larkspur/v1/users`

use super::User;
use crate::prelude::*;

/// Someone joins the tenant. Apps that listen to `contact.user.created_v3` are told.
#[endpoint(
    id = "platform.user.create",
    method = POST,
    path = "/_larkspur/v1/users",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "user create",
    response = User,
    write,
    errors = [],
    example = r#"{"name":"Grace Hopper","email":"grace@larkspur.example"}"#,
)]
pub struct Request {
    /// The name.
    #[body(min_len = 1)]
    pub name: String,
    /// The English name.
    #[body]
    pub en_name: Option<String>,
    /// The e-mail address.
    #[body]
    pub email: Option<String>,
    /// The phone number, with the country before it: `+86…`.
    #[body]
    pub mobile: Option<String>,
    /// The tenant. Without it: the first.
    #[body]
    pub tenant_key: Option<String>,
}
