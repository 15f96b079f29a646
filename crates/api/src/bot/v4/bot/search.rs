//! `POST /open-apis/bot/v4/bot/search`

use crate::prelude::*;

/// Searches the bots that the user who asks may use, by their names.
#[endpoint(
    id = "bot.v4.bot.search",
    method = POST,
    path = "/open-apis/bot/v4/bot/search",
    user = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/bot-v4/bot/search",
    cli = "bots.v4 search",
    response = Response,
    paged = Item,
    errors = [],
    example = r#"{"page_size":20,"query":"larkspur","filter":{"has_chatter":true}}"#,
)]
#[derive(Default)]
pub struct Request {
    /// How many to a page.
    #[query(min = 1, max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// A part of the name.
    #[body]
    pub query: Option<String>,
    /// What else must hold.
    #[body]
    pub filter: Option<Filter>,
}

/// What must hold of a bot that is found.
#[object]
pub struct Filter {
    /// It is in one of these chats.
    pub chat_ids: Option<Vec<String>>,
    /// It has a one-to-one chat with the user.
    pub has_chatter: Option<bool>,
}

/// A page of bots.
#[object]
pub struct Response {
    /// The bots.
    pub items: Vec<Item>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// What the caller should know of the result.
    pub notice: Option<String>,
}

/// A bot that was found.
#[object]
pub struct Item {
    /// The bot's `open_id`.
    pub id: OpenId,
    /// What to show of it.
    pub display_info: Option<String>,
    /// The bot.
    pub meta_data: Option<MetaData>,
}

/// A bot.
#[object]
pub struct MetaData {
    /// The tenant.
    pub tenant_id: Option<String>,
    /// Whether it can be added to groups.
    pub enable_join_group: Option<bool>,
    /// Its one-to-one chat with the user, if there is one.
    pub chat_id: Option<ChatId>,
    /// Whether it is an agent.
    pub is_agent: Option<bool>,
}
