//! `POST /open-apis/bot/v2/hook/:token`

use serde_json::Value;

use crate::prelude::*;

/// Sends a message to a group as its custom bot.
///
/// The address is the credential: no token is sent. At most 100 messages a minute and 5 a second, of
/// 20 KB each. Refusals come with HTTP 200 and without `error`. A bot may ask for a signature, for a
/// keyword in the text, or for certain addresses.
#[endpoint(
    id = "custom_bot.v2.hook.send",
    method = POST,
    path = "/open-apis/bot/v2/hook/:token",
    rate = Rate { per_minute: Some(100), per_second: Some(5) },
    doc = "/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN",
    cli = "hook send",
    response = Response,
    flat,
    write,
    errors = [
        code::gateway::BAD_REQUEST,
        code::hook::RATE_LIMITED,
        code::hook::CARD_INVALID,
        code::hook::TOKEN_INVALID,
        code::hook::MSG_TYPE_NEEDED,
        code::hook::CONTENT_UNKNOWN,
        code::hook::CARD_UNKNOWN,
        code::hook::SIGN_MISMATCH,
        code::hook::IP_NOT_ALLOWED,
        code::hook::KEYWORD_MISSING,
        code::hook::TOO_LARGE,
    ],
    example = r#"{"token":"5ed8f9f6-6b2e-4a0e-9f0e-2d6a3f6a7c11","msg_type":"text","content":{"text":"request example"}}"#,
)]
pub struct Request {
    /// The last part of the bot's address.
    #[path]
    pub token: String,
    /// What kind of content it has.
    #[body(invalid = code::hook::MSG_TYPE_NEEDED)]
    pub msg_type: HookMsgType,
    /// The content as an object, not as a string; a card stands in `card` instead.
    #[body]
    pub content: Option<HookContent>,
    /// The card of an interactive message, as an object.
    #[body]
    pub card: Option<Value>,
    /// If the bot asks for a signature: the current second, at most an hour off.
    #[body]
    pub timestamp: Option<String>,
    /// If the bot asks for a signature: `base64(HMAC-SHA256(key = timestamp + "\n" + secret, message = ""))`.
    #[body]
    pub sign: Option<String>,
}

/// What a custom bot says.
#[object]
pub struct HookContent {
    /// A text. `<at user_id="ou_…">name</at>` mentions a member, by the `open_id` that any app has for them
    /// or by `user_id`; `all` mentions everyone.
    pub text: Option<String>,
    /// Rich text by language, with paragraphs of `text`, `a`, `at` and `img`.
    pub post: Option<Value>,
    /// A picture that an app of the tenant uploaded.
    pub image_key: Option<ImageKey>,
    /// The bot's own group, whose card is to be shared.
    pub share_chat_id: Option<ChatId>,
}

/// What kind of content a custom bot may send.
#[open_enum]
pub enum HookMsgType {
    /// Plain text.
    Text = "text",
    /// Rich text.
    Post = "post",
    /// A picture.
    Image = "image",
    /// The card of the bot's group.
    ShareChat = "share_chat",
    /// A card.
    Interactive = "interactive",
}

/// The answer to a message that was sent. Everything is in it twice, for old callers.
#[object]
#[expect(non_snake_case, reason = "the names on the wire")]
pub struct Response {
    /// `success`.
    pub msg: String,
    /// Nothing.
    pub data: Value,
    /// Nothing.
    pub Extra: Option<Value>,
    /// As `code`.
    pub StatusCode: i64,
    /// As `msg`.
    pub StatusMessage: String,
}
