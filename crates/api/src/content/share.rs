//! `share_chat` and `share_user`

use larkspur_api_macros::object;

use crate::id::{ChatId, OpenId};

/// The card of a group, valid for 7 days. The bot must be a member of the group.
#[object]
pub struct ShareChat {
    /// The group.
    pub chat_id: ChatId,
}

/// The card of a person within the app's availability. Bots cannot be shared.
#[object]
pub struct ShareUser {
    /// The person: an `open_id`, in spite of its name.
    pub user_id: OpenId,
}
