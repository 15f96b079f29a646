//! `im.chat.access_event.bot_p2p_chat_entered_v1`

use crate::{event::UserIds, prelude::*};

/// A user opened the one-to-one chat with the bot.
///
/// Clients before 7.18 do not tell. Of one bot, what exceeds 300 a second is dropped.
#[event(
    event_type = "im.chat.access_event.bot_p2p_chat_entered_v1",
    schema = V2,
    scopes = NO_SCOPE,
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-access_event/events/bot_p2p_chat_entered",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.chat.access_event.bot_p2p_chat_entered_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"chat_id":"oc_413871888e0d5492e25b173f0812efb7","operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"last_message_id":"om_dc13264520392913993dd051dba21dcf","last_message_create_time":"1615380573411"}}"#,
)]
pub struct Event {
    /// The chat.
    pub chat_id: ChatId,
    /// The user.
    pub operator_id: UserIds,
    /// The newest message in it that the user sees.
    pub last_message_id: Option<MessageId>,
    /// When that was sent, in ms.
    pub last_message_create_time: Option<Millis>,
}
