//! `POST /open-apis/bot/hook/:token`

use crate::prelude::*;

/// Sends a text to a group as its custom bot, the old way.
///
/// The same bots, refusals and limits as `custom_bot.v2.hook.send`, without a signature: a bot that asks
/// for one cannot be reached here.
#[endpoint(
    id = "custom_bot.v1.hook.send",
    method = POST,
    path = "/open-apis/bot/hook/:token",
    rate = Rate::UNLIMITED,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/guide/faq",
    cli = "hook send_v1",
    response = Response,
    flat,
    write,
    errors = [
        code::gateway::BAD_REQUEST,
        code::hook::RATE_LIMITED,
        code::hook::TOKEN_INVALID,
        code::hook::CONTENT_UNKNOWN,
        code::hook::SIGN_MISMATCH,
        code::hook::IP_NOT_ALLOWED,
        code::hook::KEYWORD_MISSING,
        code::hook::TOO_LARGE,
    ],
    example = r#"{"token":"5ed8f9f66b2e4a0e9f0e2d6a3f6a7c11","title":"Hello Feishu","text":"Example"}"#,
)]
pub struct Request {
    /// The last part of the bot's address.
    #[path]
    pub token: String,
    /// A line above the text.
    #[body]
    pub title: Option<String>,
    /// The text.
    #[body(invalid = code::hook::CONTENT_UNKNOWN)]
    pub text: String,
}

/// The answer to a message that was sent.
#[object]
pub struct Response {
    /// Whether it was sent.
    pub ok: bool,
}
