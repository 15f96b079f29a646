//! `GET /open-apis/authen/v1/user_info`

use crate::prelude::*;

/// Tells whose token it is.
#[endpoint(
    id = "authen.v1.user_info.get",
    method = GET,
    path = "/open-apis/authen/v1/user_info",
    user = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/user_info/get",
    cli = "user_info get",
    response = Response,
    errors = [
        code::authen::INVALID_REQUEST,
        code::authen::USER_TOKEN_INVALID,
        code::authen::USER_NOT_EXIST,
        code::authen::USER_RESIGNED,
        code::authen::USER_FROZEN,
        code::authen::USER_NOT_REGISTERED,
        code::authen::SYSTEM_ERROR,
    ],
    example = "{}",
)]
pub struct Request {}

/// The user.
#[object]
pub struct Response {
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
    /// The number at work.
    #[field(scopes = &["contact:user.employee:readonly"])]
    pub employee_no: Option<String>,
}
