//! `POST /open-apis/im/v1/chat_p2p/batch_query`

use crate::prelude::*;

/// Finds the one-to-one chats of a user with others. Where there is none, none is made.
///
/// No public page describes it; the official command line uses it.
#[endpoint(
    id = "im.v1.chat_p2p.batch_query",
    method = POST,
    path = "/open-apis/im/v1/chat_p2p/batch_query",
    user = NO_SCOPE,
    rate = TIER_4,
    doc = "",
    cli = "chat_p2p batch_query",
    response = Response,
    errors = [],
    example = r#"{"chatter_id_type":"open_id","chatter_ids":["ou_7d8a6e6df7621556ce0d21922b676706ccs"]}"#,
)]
pub struct Request {
    /// How the ids are to be read.
    #[query]
    pub chatter_id_type: Option<ChatterIdType>,
    /// The others: users or bots.
    #[body]
    pub chatter_ids: Vec<OpenId>,
}

/// How ids of users and bots are to be read.
#[open_enum]
pub enum ChatterIdType {
    /// Within this app.
    OpenId = "open_id",
}

/// The chats that were found.
#[object]
pub struct Response {
    /// The chats.
    pub p2p_chats: Vec<P2pChat>,
}

/// A one-to-one chat.
#[object]
pub struct P2pChat {
    /// The chat.
    pub chat_id: ChatId,
}
