//! `POST /_larkspur/v1/act/forward`

use crate::prelude::*;

/// A user forwards a message, or several of one chat as one, to a chat or to a bot one-to-one.
#[endpoint(
    id = "act.forward",
    method = POST,
    path = "/_larkspur/v1/act/forward",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "forward",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","message_id_list":["om_dc13264520392913993dd051dba21dcf"],"chat_id":"oc_a0553eda9014c201e6969b478895c230"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The messages. One is forwarded as it is, several become one message that holds them.
    #[body(min_len = 1, max_len = 100)]
    pub message_id_list: Vec<MessageId>,
    /// The chat that gets them. Without it and without `app_id`: the one-to-one chat with the only bot there is.
    #[body]
    pub chat_id: Option<ChatId>,
    /// The app whose bot gets them one-to-one.
    #[body]
    pub app_id: Option<AppId>,
}

/// The message that was sent.
#[object]
pub struct Response {
    /// The message.
    pub message_id: MessageId,
    /// The chat it stands in.
    pub chat_id: ChatId,
    /// Those of several that are not in it: unknown, recalled, unseen, or of a type that is not forwarded.
    pub invalid_message_id_list: Vec<MessageId>,
}
