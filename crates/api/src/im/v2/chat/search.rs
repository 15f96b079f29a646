//! `POST /open-apis/im/v2/chats/search`

use crate::{
    im::v1::chat::{ChatMode, ChatStatus},
    prelude::*,
};

/// Searches the groups that the caller is in or could join, by names, members and kind.
#[endpoint(
    id = "im.v2.chat.search",
    method = POST,
    path = "/open-apis/im/v2/chats/search",
    tenant = Any(&["im:chat:read"]),
    user = Any(&["im:chat:read"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/group/im-v2/chat/search",
    cli = "chats.v2 search",
    response = Response,
    paged = Item,
    errors = [],
    example = r#"{"page_size":20,"user_id_type":"open_id","query":"abc","filter":{"search_types":["public_joined"],"is_manager":true},"sorter":"create_time_desc"}"#,
)]
#[derive(Default)]
pub struct Request {
    /// How many to a page.
    #[query(max = 100)]
    pub page_size: Option<i64>,
    /// The page to get, as the one before named it.
    #[query]
    pub page_token: Option<String>,
    /// How user ids are to be read and given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
    /// What to look for in the names of groups and their members.
    #[body(max_len = 64)]
    pub query: Option<String>,
    /// What else must hold.
    #[body]
    pub filter: Option<Filter>,
    /// In which order. By default oldest first.
    #[body]
    pub sorter: Option<Sorter>,
}

/// What must hold of a group that is found.
#[object]
pub struct Filter {
    /// It is of one of these kinds.
    pub search_types: Option<Vec<SearchType>>,
    /// All these users are in it.
    #[field(max_len = 50)]
    pub member_ids: Option<Vec<String>>,
    /// The caller owns it or is one of its admins.
    pub is_manager: Option<bool>,
    /// Names of members are not looked at.
    pub disable_search_by_user: Option<bool>,
    /// Its messages stand so.
    pub chat_modes: Option<Vec<SearchMode>>,
}

/// A kind of group.
#[open_enum]
pub enum SearchType {
    /// Private, and the caller is in it.
    Private = "private",
    /// It has members of other tenants.
    External = "external",
    /// Public, and the caller is in it.
    PublicJoined = "public_joined",
    /// Public, and the caller is not in it.
    PublicNotJoined = "public_not_joined",
}

/// How messages stand.
#[open_enum]
pub enum SearchMode {
    /// One by one.
    Default = "default",
    /// Each starts a thread.
    Thread = "thread",
}

/// An order.
#[open_enum]
pub enum Sorter {
    /// Newest first.
    CreateTimeDesc = "create_time_desc",
    /// Last active first.
    UpdateTimeDesc = "update_time_desc",
    /// Largest first.
    MemberCountDesc = "member_count_desc",
}

/// A page of groups.
#[object]
pub struct Response {
    /// The groups.
    pub items: Vec<Item>,
    /// How many there are in all.
    pub total: i64,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
    /// What the caller should know of the result.
    pub notice: Option<String>,
}

/// A group that was found.
#[object]
pub struct Item {
    /// The group.
    pub id: ChatId,
    /// What to show of it.
    pub display_info: Option<String>,
    /// The group.
    pub meta_data: Option<MetaData>,
}

/// A group.
#[object]
pub struct MetaData {
    /// The group.
    pub chat_id: ChatId,
    /// When it was made.
    pub create_time: Option<Millis>,
    /// When it was last written to.
    pub update_time: Option<Millis>,
    /// Whether it has members of other tenants.
    pub external: Option<bool>,
    /// Group or topic group.
    pub chat_mode: Option<ChatMode>,
    /// The description.
    pub description: Option<String>,
    /// The picture, as a URL.
    pub avatar: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The owner, if it is a user.
    pub owner_id: Option<String>,
    /// Which kind of id `owner_id` is.
    pub owner_id_type: Option<UserIdType>,
    /// The tenant.
    pub tenant_key: Option<String>,
    /// Whether it still exists.
    pub chat_status: Option<ChatStatus>,
}
