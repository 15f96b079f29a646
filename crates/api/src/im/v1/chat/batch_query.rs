//! `POST /open-apis/im/v1/chats/batch_query`

use super::list::ListChat;
use crate::prelude::*;

/// Gets up to 50 chats of a user at once. Those that the user is not in are left out.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat.batch_query",
    method = POST,
    path = "/open-apis/im/v1/chats/batch_query",
    user = Any(&["im:chat:read"]),
    rate = TIER_4,
    doc = "",
    cli = "chats batch_query",
    response = Response,
    errors = [],
    example = r#"{"user_id_type":"open_id","chat_ids":["oc_a0553eda9014c201e6969b478895c230"]}"#,
)]
pub struct Request {
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// The chats.
    #[body(max_len = 50)]
    pub chat_ids: Vec<ChatId>,
}

/// The chats that were found.
#[object]
pub struct Response {
    /// The chats.
    pub items: Vec<ListChat>,
}
