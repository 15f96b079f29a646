//! `POST /open-apis/contact/v3/users/batch_get_id`

use super::UserStatus;
use crate::prelude::*;

/// Finds users by e-mail address or phone number, up to 50 of each.
///
/// An address or number that finds nobody comes back without a `user_id`.
#[endpoint(
    id = "contact.v3.user.batch_get_id",
    method = POST,
    path = "/open-apis/contact/v3/users/batch_get_id",
    tenant = Any(&["contact:user.id:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/batch_get_id",
    cli = "users batch_get_id",
    response = Response,
    errors = [],
    example = r#"{"user_id_type":"open_id","emails":["zhangsan@z.com","lisi@a.com"],"mobiles":["13011111111","13022222222"],"include_resigned":true}"#,
)]
#[derive(Default)]
pub struct Request {
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// E-mail addresses, not those of the tenant's own mail service.
    #[body(max_len = 50)]
    pub emails: Option<Vec<String>>,
    /// Phone numbers, with `+` and country code outside mainland China.
    #[body(max_len = 50)]
    pub mobiles: Option<Vec<String>>,
    /// Whether to find those who have left.
    #[body(default = "false")]
    pub include_resigned: Option<bool>,
}

/// Who was found.
#[object]
pub struct Response {
    /// One entry for each address and each number.
    pub user_list: Vec<UserContactInfo>,
}

/// An address or number, and whom it finds.
#[object]
pub struct UserContactInfo {
    /// The user, in the form asked for.
    pub user_id: Option<String>,
    /// The phone number asked for.
    pub mobile: Option<String>,
    /// The address asked for.
    pub email: Option<String>,
    /// Whether they work here.
    #[field(scopes = super::EMPLOYEE)]
    pub status: Option<UserStatus>,
}
