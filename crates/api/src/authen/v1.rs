//! Version 1, which official SDKs still call.

pub mod access_token;
pub mod oidc_access_token;
pub mod oidc_refresh_access_token;
pub mod refresh_access_token;
pub mod user_info;

use crate::prelude::*;

/// A user's tokens and who the user is.
#[object]
pub struct Identity {
    /// The `user_access_token`: `u-…`.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// How long it is valid, in s.
    pub expires_in: i64,
    /// The name.
    pub name: String,
    /// The English name.
    pub en_name: String,
    /// The picture.
    pub avatar_url: String,
    /// The picture, 72 px wide.
    pub avatar_thumb: String,
    /// The picture, 240 px wide.
    pub avatar_middle: String,
    /// The picture, 640 px wide.
    pub avatar_big: String,
    /// The user within this app.
    pub open_id: OpenId,
    /// The user across the apps of this app's developer.
    pub union_id: UnionId,
    /// The e-mail address.
    #[field(scopes = &["contact:user.email:readonly"])]
    pub email: Option<String>,
    /// The e-mail address at work.
    #[field(scopes = &["contact:user.employee:readonly"])]
    pub enterprise_email: Option<String>,
    /// The user within its tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
    /// The phone number.
    #[field(scopes = &["contact:user.phone:readonly"])]
    pub mobile: Option<String>,
    /// The tenant.
    pub tenant_key: String,
    /// How long `refresh_token` is valid, in s.
    pub refresh_expires_in: i64,
    /// Gets new tokens, once: `ur-…`.
    pub refresh_token: String,
    /// The login.
    pub sid: Option<String>,
}

/// A user's tokens.
#[object]
pub struct Tokens {
    /// The `user_access_token`: `u-…`.
    pub access_token: String,
    /// Gets new tokens, once: `ur-…`.
    pub refresh_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// How long `access_token` is valid, in s.
    pub expires_in: i64,
    /// How long `refresh_token` is valid, in s.
    pub refresh_expires_in: i64,
    /// What the token allows, separated by spaces.
    pub scope: String,
}
