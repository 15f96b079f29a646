//! `POST /open-apis/im/v1/chats/:chat_id/top_notice/put_top_notice`

use crate::prelude::*;

/// Puts a message or the announcement at the top of a group, in place of what is there.
#[endpoint(
    id = "im.v1.chat_top_notice.put_top_notice",
    method = POST,
    path = "/open-apis/im/v1/chats/:chat_id/top_notice/put_top_notice",
    tenant = Any(&["im:chat", "im:chat.top_notice:write_only"]),
    user = Any(&["im:chat", "im:chat.top_notice:write_only"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-top_notice/put_top_notice",
    cli = "chat.top_notice put_top_notice",
    response = Empty,
    write,
    errors = [
        code::message::SELF_DESTRUCTS,
        code::chat::INVALID_PARAM,
        code::chat::DISSOLVED,
        code::chat::CROSS_TENANT,
        code::chat::OUT_OF_CHAT,
        code::chat::TOKEN_LACKS_PERMISSION,
        code::chat::NO_VISIBILITY,
        code::chat::BOT_NOT_ACTIVATED,
        code::chat::NO_EXTERNAL_SCOPE,
        code::chat::APP_INACTIVATE,
    ],
    example = r#"{"chat_id":"oc_5ad11d72b830411d72b836c20","chat_top_notice":[{"action_type":"2","message_id":"om_dc13264520392913993dd051dba21dcf"}]}"#,
)]
pub struct Request {
    /// The group.
    #[path]
    pub chat_id: ChatId,
    /// What to put there. Of several the last stays.
    #[body]
    pub chat_top_notice: Vec<TopNotice>,
}

/// What stands at the top of a group.
#[object]
pub struct TopNotice {
    /// A message or the announcement. By default the announcement.
    pub action_type: Option<ActionType>,
    /// The message.
    pub message_id: Option<MessageId>,
}

/// What can stand at the top of a group.
#[open_enum]
pub enum ActionType {
    /// The announcement.
    Announcement = "2",
    /// A message.
    Message = "1",
}
