//! `auth.user_access_token.revoked_v4`

use crate::prelude::*;

/// A user's tokens are no longer valid.
#[event(
    event_type = "auth.user_access_token.revoked_v4",
    schema = V2,
    scopes = Any(&["auth:user_access_token:read"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/authentication-management/auth-v4/user_access_token/events/revoked",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"auth.user_access_token.revoked_v4","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"revoke_token_type":"user_access_token refresh_token","revoke_reason":"Revoked by security and risk control action.","open_id":"ou_c99c5f35d542efc7ee492afe11af19ef","union_id":"on_cad4860e7af114fb4ff6c5d496d1dd76","user_id":"gg895344"}}"#,
)]
pub struct Event {
    /// Which tokens.
    pub revoke_token_type: RevokeTokenType,
    /// Why.
    pub revoke_reason: RevokeReason,
    /// The user within this app.
    pub open_id: OpenId,
    /// The user across the apps of this app's developer.
    pub union_id: Option<UnionId>,
    /// The user within its tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
}

/// Which tokens are no longer valid.
#[open_enum]
pub enum RevokeTokenType {
    /// The `user_access_token`.
    UserAccessToken = "user_access_token",
    /// The `refresh_token`.
    RefreshToken = "refresh_token",
    /// Both.
    Both = "user_access_token refresh_token",
}

/// Why tokens are no longer valid.
#[open_enum]
pub enum RevokeReason {
    /// Not known.
    Unknown = "Revoked by unknown action.",
    /// The user wanted it.
    User = "Revoked by user action.",
    /// An admin wanted it.
    Administrator = "Revoked by administrator action.",
    /// They were at risk.
    Security = "Revoked by security and risk control action.",
    /// The account is suspended, the user left, or may no longer use the app.
    Restriction = "Revoked by restriction action.",
}
