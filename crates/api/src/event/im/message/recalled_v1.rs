//! `im.message.recalled_v1`

use crate::prelude::*;

/// A message of a chat the bot is in was recalled.
#[event(
    event_type = "im.message.recalled_v1",
    schema = V2,
    scopes = Any(&["im:message", "im:message:readonly"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"im.message.recalled_v1","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"message_id":"om_dc13264520392913993dd051dba21dcf","chat_id":"oc_5ad11d72b830411d72b836c20","recall_time":"1615380573411","recall_type":"message_owner"}}"#,
)]
pub struct Event {
    /// The message.
    pub message_id: MessageId,
    /// The chat it stood in.
    pub chat_id: ChatId,
    /// When, in ms.
    pub recall_time: Millis,
    /// By whom.
    pub recall_type: RecallType,
}

/// By whom a message was recalled.
#[open_enum]
pub enum RecallType {
    /// Its sender.
    MessageOwner = "message_owner",
    /// The owner of the group.
    GroupOwner = "group_owner",
    /// An admin of the group.
    GroupManager = "group_manager",
    /// An admin of the tenant.
    EnterpriseManager = "enterprise_manager",
}
