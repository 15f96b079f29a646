//! `GET /open-apis/search/v1/user`

use crate::{contact::v3::user::AvatarInfo, prelude::*};

/// Searches people by their names.
#[endpoint(
    id = "search.v1.user.list",
    method = GET,
    path = "/open-apis/search/v1/user",
    user = Any(&["contact:user:search"]),
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/uMTM4UjLzEDO14yMxgTN",
    cli = "user list",
    response = Response,
    errors = [],
    example = r#"{"query":"zhangsan","page_size":20}"#,
)]
pub struct Request {
    /// A part of the name.
    #[query]
    pub query: String,
    /// How many to a page.
    #[query(min = 1, max = 200, default = "20")]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
}

/// A page of people.
#[object]
pub struct Response {
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// The people.
    pub users: Vec<FoundUser>,
}

/// Someone who was found.
#[object]
pub struct FoundUser {
    /// The picture.
    pub avatar: AvatarInfo,
    /// Their departments.
    pub department_ids: Vec<String>,
    /// The name.
    pub name: String,
    /// The user within this app.
    pub open_id: OpenId,
    /// The user within the tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
}
