//! `im.message.receive_v1`

use crate::{content::Received, event::UserIds, im::v1::message::MsgType, prelude::*};

/// Someone sent a message that the bot may see.
///
/// What it may see depends on the scopes: one-to-one messages with `im:message.p2p_msg` or
/// `im:message.p2p_msg:readonly`, messages of a group that mention the bot with `im:message.group_at_msg`
/// or `im:message.group_at_msg:readonly`, those of other bots too with
/// `im:message.group_at_msg.include_bot:readonly`, and all messages of users with `im:message.group_msg`
/// or `im:message.group_msg:readonly`.
///
/// The same message may come twice under two `event_id`s: tell it by its `message_id`.
#[event(
    event_type = "im.message.receive_v1",
    schema = V2,
    scopes = Any(&[
        "im:message.p2p_msg:readonly",
        "im:message.group_at_msg:readonly",
        "im:message.group_msg",
        "im:message.group_at_msg.include_bot:readonly",
        "im:message.group_at_msg",
        "im:message.group_msg:readonly",
        "im:message.p2p_msg",
    ]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.message.receive_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"sender":{"sender_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"sender_type":"user","tenant_key":"736588c9260f175e"},"message":{"message_id":"om_5ce6d572455d361153b7cb51da133945","root_id":"om_5ce6d572455d361153b7cb5xxfsdfsdfdsf","parent_id":"om_5ce6d572455d361153b7cb5xxfsdfsdfdsf","create_time":"1609073151345","update_time":"1687343654666","chat_id":"oc_5ce6d572455d361153b7xx51da133945","thread_id":"omt_d4be107c616","chat_type":"group","message_type":"text","content":"{\"text\":\"@_user_1 hello\"}","mentions":[{"key":"@_user_1","id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"mentioned_type":"user","name":"Tom","tenant_key":"736588c9260f175e"}],"user_agent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 13_2_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/101.0.4951.53 Safari/537.36 Lark/6.7.5 LarkLocale/en_US ttnet SDK-Version/6.7.8"}}}"#,
)]
pub struct Event {
    /// Who sent it.
    pub sender: Sender,
    /// The message.
    pub message: Message,
}

impl Event {
    /// The content as its type; content of an unknown kind as it came.
    pub fn content(&self) -> Received {
        self.message.content()
    }
}

/// Who sent a message.
#[object]
pub struct Sender {
    /// Who.
    pub sender_id: Option<UserIds>,
    /// A user or a bot.
    pub sender_type: SenderType,
    /// The sender's tenant.
    pub tenant_key: String,
}

/// What kind of sender.
#[open_enum]
pub enum SenderType {
    /// A user.
    User = "user",
    /// A bot.
    Bot = "bot",
}

/// A message.
#[object]
pub struct Message {
    /// The message.
    pub message_id: MessageId,
    /// The first message of the tree of replies this one stands in.
    pub root_id: Option<MessageId>,
    /// The message this one replies to.
    pub parent_id: Option<MessageId>,
    /// When it was sent, in ms.
    pub create_time: Millis,
    /// When it was last edited, or sent, in ms.
    pub update_time: Option<Millis>,
    /// The chat it stands in.
    pub chat_id: ChatId,
    /// The thread it stands in.
    pub thread_id: Option<ThreadId>,
    /// Group or one-to-one.
    pub chat_type: ChatType,
    /// What kind of content it has.
    pub message_type: MsgType,
    /// The content: JSON in a string. `Message::content` reads it.
    pub content: String,
    /// Whom it mentions, in the order of the keys.
    pub mentions: Option<Vec<Mention>>,
    /// The client it was sent with, as a browser names itself.
    #[field(scopes = &["im:user_agent:read"])]
    pub user_agent: Option<String>,
    /// Where the user stood when the message was sent. On no page, but in the official SDKs.
    pub lark_agent_context: Option<LarkAgentContext>,
}

impl Message {
    /// The content as its type; content of an unknown kind as it came.
    pub fn content(&self) -> Received {
        Received::parse(&self.message_type, &self.content)
    }
}

/// What kind of chat a message stands in.
#[open_enum]
pub enum ChatType {
    /// One-to-one.
    P2p = "p2p",
    /// A group.
    Group = "group",
}

/// Someone mentioned in a message.
#[object]
pub struct Mention {
    /// How the content refers to them: `@_user_1`.
    pub key: String,
    /// Who.
    pub id: UserIds,
    /// A user or a bot.
    pub mentioned_type: Option<SenderType>,
    /// Their name.
    pub name: String,
    /// Their tenant.
    pub tenant_key: Option<String>,
}

/// Where the user stood when a message was sent.
#[object]
pub struct LarkAgentContext {
    /// The chat that was open.
    pub active_chat_id: Option<ChatId>,
}
