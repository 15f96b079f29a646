//! `POST /open-apis/contact/v3/users/basic_batch`

use super::BasicUser;
use crate::prelude::*;

/// Gets the names of up to 10 users, whether or not they are in the app's contact range.
#[endpoint(
    id = "contact.v3.user.basic_batch",
    method = POST,
    path = "/open-apis/contact/v3/users/basic_batch",
    tenant = Any(&["contact:user.basic_profile:readonly"]),
    user = Any(&["contact:user.basic_profile:readonly"]),
    rate = Rate::per_second(5),
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/basic_batch",
    cli = "users basic_batch",
    response = Response,
    errors = [code::contact::PARAM_IS_INVALID],
    example = r#"{"user_id_type":"open_id","user_ids":["ou_b3b46653c99f1f6177a478974bdabb72"]}"#,
)]
pub struct Request {
    /// How the ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The users.
    #[body(min_len = 1, max_len = 10)]
    pub user_ids: Vec<String>,
}

/// The users.
#[object]
pub struct Response {
    /// The users that exist.
    pub users: Vec<BasicUser>,
}
