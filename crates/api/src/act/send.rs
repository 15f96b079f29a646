//! `POST /_larkspur/v1/act/send`

use crate::{im::v1::message::MsgType, prelude::*};

/// A user sends a message to a chat, or to a bot one-to-one.
#[endpoint(
    id = "act.send",
    method = POST,
    path = "/_larkspur/v1/act/send",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "send",
    response = Response,
    write,
    errors = [],
    example = r#"{"user":"Ada Okafor","chat_id":"oc_a0553eda9014c201e6969b478895c230","text":"hello"}"#,
)]
pub struct Request {
    /// The user: a name, an e-mail address, or any of the ids.
    #[body]
    pub user: String,
    /// The chat. Without it and without `app_id`: the one-to-one chat with the only bot there is.
    #[body]
    pub chat_id: Option<ChatId>,
    /// The app whose bot to write to one-to-one.
    #[body]
    pub app_id: Option<AppId>,
    /// Plain text.
    #[body]
    pub text: Option<String>,
    /// Whom to mention before the text: names of users and bots, or `all`.
    #[body]
    pub at: Option<Vec<String>>,
    /// What kind of content, if it is not `text`.
    #[body]
    pub msg_type: Option<MsgType>,
    /// Content of that kind: JSON in a string, as in `im.v1.message.create`.
    #[body]
    pub content: Option<String>,
}

/// The message that was sent.
#[object]
pub struct Response {
    /// The message.
    pub message_id: MessageId,
    /// The chat it stands in.
    pub chat_id: ChatId,
}
