//! `authen.v2.oauth_token`

pub mod create;
pub mod refresh;

use crate::prelude::*;

/// The tokens of a user.
#[object]
pub struct Response {
    /// The `user_access_token`: 1 to 2 KB, up to 4.
    pub access_token: String,
    /// How long it is valid, in s: 7200.
    pub expires_in: i64,
    /// Gets new tokens, once; there if `offline_access` was granted.
    pub refresh_token: Option<String>,
    /// How long it is valid, in s: 604800.
    pub refresh_token_expires_in: Option<i64>,
    /// `Bearer`.
    pub token_type: String,
    /// What the token allows, separated by spaces.
    pub scope: String,
    /// What went wrong, in one word.
    pub error: Option<String>,
    /// What went wrong.
    pub error_description: Option<String>,
}
