//! `POST /open-apis/message/v4/batch_send/`

use serde_json::Value;

use crate::prelude::*;

/// Sends a message to many users, each in the chat with the bot.
///
/// Refusals come with HTTP 200. Ids that name nobody are named, and the others get the message all the same.
/// Users need `im:message:send_multi_users` as well, departments `im:message:send_multi_depts`. An app sends at
/// most 500,000 messages a day this way.
#[endpoint(
    id = "message.v4.batch_send.create",
    method = POST,
    path = "/open-apis/message/v4/batch_send/",
    tenant = Any(&["im:message", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/ukTMukTMukTM/ucDO1EjL3gTNx4yN4UTM",
    cli = "batch_send create",
    response = Response,
    write,
    errors = [
        code::batch::SEND_FAILED,
        code::batch::INVALID_PARAM,
        code::batch::OPEN_ID_UNKNOWN,
        code::batch::USERS_DENIED,
        code::batch::DEPARTMENTS_DENIED,
        code::batch::NO_BOT,
        code::batch::APP_NOT_IN_USE,
        code::batch::APP_UNKNOWN,
        code::batch::APP_NOT_INSTALLED,
        code::batch::NO_WRITE_PERMISSION,
        code::batch::IMAGE_UNKNOWN,
        code::batch::CHAT_UNKNOWN,
        code::batch::MENTION_ALL_FORBIDDEN,
        code::batch::CONTENT_FAILED,
        code::batch::DAILY_LIMIT,
        code::batch::NOT_AUDITED,
        code::batch::TEST_RESTRICTED,
    ],
    example = r#"{"msg_type":"text","content":{"text":"test content"},"department_ids":["3dceba33a33226","d502aaa9514059"],"open_ids":["ou_18eac85d35a26f989317ad4f02e8bbbb","ou_461cf042d9eedaa60d445f26dc747d5e"],"user_ids":["7cdcc7c2","ca51d83b"],"union_ids":["on_cad4860e7af114fb4ff6c5d496d1dd76","on_gdcq860e7af114fb4ff6c5d496dabcet"]}"#,
)]
pub struct Request {
    /// What kind of content it has.
    #[body(invalid = code::batch::INVALID_PARAM)]
    pub msg_type: BatchMsgType,
    /// The content as an object, not as a string; a card stands in `card` instead.
    #[body]
    pub content: Option<BatchContent>,
    /// The card of an interactive message, as an object.
    #[body]
    pub card: Option<Value>,
    /// Departments, all of whose members get it.
    #[body(max_len = 200, invalid = code::batch::INVALID_PARAM)]
    pub department_ids: Option<Vec<String>>,
    /// Users by `open_id`.
    #[body(max_len = 200, invalid = code::batch::INVALID_PARAM)]
    pub open_ids: Option<Vec<String>>,
    /// Users by `user_id`.
    #[body(max_len = 200, invalid = code::batch::INVALID_PARAM)]
    pub user_ids: Option<Vec<String>>,
    /// Users by `union_id`.
    #[body(max_len = 200, invalid = code::batch::INVALID_PARAM)]
    pub union_ids: Option<Vec<String>>,
}

/// What the message says.
#[object]
pub struct BatchContent {
    /// A text.
    pub text: Option<String>,
    /// A picture that the app uploaded.
    pub image_key: Option<ImageKey>,
    /// The group whose card is to be shared.
    pub share_chat_id: Option<ChatId>,
    /// Rich text by language, without the tag `md`.
    pub post: Option<Value>,
}

/// What kind of content many users can be sent.
#[open_enum]
pub enum BatchMsgType {
    /// Plain text.
    Text = "text",
    /// A picture.
    Image = "image",
    /// Rich text.
    Post = "post",
    /// The card of a group.
    ShareChat = "share_chat",
    /// A card.
    Interactive = "interactive",
}

/// The message, and whom it does not reach.
#[object]
pub struct Response {
    /// The message to all of them: `bm-…`.
    pub message_id: String,
    /// Departments that do not exist.
    pub invalid_department_ids: Vec<String>,
    /// `open_id`s of nobody.
    pub invalid_open_ids: Vec<String>,
    /// `user_id`s of nobody.
    pub invalid_user_ids: Vec<String>,
    /// `union_id`s of nobody.
    pub invalid_union_ids: Vec<String>,
}
