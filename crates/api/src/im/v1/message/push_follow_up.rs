//! `POST /open-apis/im/v1/messages/:message_id/push_follow_up`

use crate::prelude::*;

/// Hangs up to 3 bubbles below the last message of the bot's chat with a user.
///
/// Within 600 seconds after the message was sent, and once. A click sends what the bubble says as the
/// user; that, or any other message, takes the bubbles away.
#[endpoint(
    id = "im.v1.message.push_follow_up",
    method = POST,
    path = "/open-apis/im/v1/messages/:message_id/push_follow_up",
    tenant = Any(&["im:message", "im:message:send_as_bot"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/push_follow_up",
    cli = "messages push_follow_up",
    response = Empty,
    write,
    errors = [
        code::message::INVALID_PARAM,
        code::message::FOLLOW_UP_EXPIRED,
        code::message::FOLLOW_UP_P2P_ONLY,
        code::message::FOLLOW_UP_INVISIBLE,
        code::message::FOLLOW_UP_NO_AVAILABILITY,
        code::message::FOLLOW_UP_NOT_LATEST,
        code::message::FOLLOW_UP_INVALID,
        code::message::FOLLOW_UP_EXISTS,
    ],
    example = r#"{"message_id":"om_3210a18894e206715a4359115f4cf2f5","follow_ups":[{"content":"你好","i18n_contents":[{"content":"hello","language":"en_us"}]}]}"#,
)]
pub struct Request {
    /// The message, sent by the bot.
    #[path]
    pub message_id: MessageId,
    /// The bubbles.
    #[body(min_len = 1, max_len = 3)]
    pub follow_ups: Vec<FollowUp>,
}

/// A bubble.
#[object]
pub struct FollowUp {
    /// What it says, and what a click sends: 1 to 200 characters.
    #[field(min_len = 1, max_len = 200)]
    pub content: String,
    /// What it says to users of other languages.
    #[field(max_len = 50)]
    pub i18n_contents: Option<Vec<I18nContent>>,
}

/// What a bubble says in one language.
#[object]
pub struct I18nContent {
    /// The words: 1 to 200 characters.
    #[field(min_len = 1, max_len = 200)]
    pub content: String,
    /// The language.
    pub language: Language,
}

/// The language of a client.
#[open_enum]
pub enum Language {
    /// English.
    EnUs = "en_us",
    /// Simplified Chinese.
    ZhCn = "zh_cn",
    /// Traditional Chinese (Hong Kong).
    ZhHk = "zh_hk",
    /// Traditional Chinese (Taiwan).
    ZhTw = "zh_tw",
    /// Japanese.
    JaJp = "ja_jp",
    /// Indonesian.
    IdId = "id_id",
    /// Vietnamese.
    ViVn = "vi_vn",
    /// Thai.
    ThTh = "th_th",
    /// Portuguese (Brazil).
    PtBr = "pt_br",
    /// Spanish.
    EsEs = "es_es",
    /// Korean.
    KoKr = "ko_kr",
    /// German.
    DeDe = "de_de",
    /// French.
    FrFr = "fr_fr",
    /// Italian.
    ItIt = "it_it",
    /// Russian.
    RuRu = "ru_ru",
    /// Malay.
    MsMy = "ms_my",
}
