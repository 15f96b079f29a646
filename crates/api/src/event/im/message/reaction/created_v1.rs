//! `im.message.reaction.created_v1`

use super::{OperatorType, ReactionType};
use crate::{event::UserIds, prelude::*};

/// Someone reacted to a message of a chat the bot is in.
#[event(
    event_type = "im.message.reaction.created_v1",
    schema = V2,
    scopes = Any(&["im:message.reactions:read", "im:message:readonly"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/created",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.message.reaction.created_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"message_id":"om_dc1326***************51dba21dcf","reaction_type":{"emoji_type":"SMILE"},"operator_type":"app/user","user_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"app_id":"cli_9f53******712544","action_time":"1627641418803"}}"#,
)]
pub struct Event {
    /// The message.
    pub message_id: MessageId,
    /// The emoji.
    pub reaction_type: ReactionType,
    /// A user or an app.
    pub operator_type: OperatorType,
    /// The user, if it was one.
    pub user_id: Option<UserIds>,
    /// The app, if it was one.
    pub app_id: Option<AppId>,
    /// When, in ms.
    pub action_time: Millis,
}
