//! Refusals of custom bots (`bot/v2/hook/:token`). They travel with HTTP 200.
//!
//! Sources: `/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN` for 19021, 19022 and 19024; the general table
//! `/ukTMukTMukTM/ugjM14COyUjL4ITN` for 11232 and 19036; answers quoted in public for the texts of 19001, 19002
//! and 11246 (sansan0/TrendRadar#278, feiyu563/PrometheusAlert#69, sansan0/TrendRadar!999).

super::codes! {
    RATE_LIMITED = 11232 / 200 (retry), "create message service trigger rate limit" => "a custom bot sends at most 100 messages a minute and 5 a second; avoid full and half hours";
    CARD_INVALID = 11246 / 200, "ErrCode: %v" => "the text names the place in the card";
    TOKEN_INVALID = 19001 / 200, "param invalid: incoming webhook access token invalid" => "copy the webhook address again from the bot's page in the group; it ends when the bot is removed";
    MSG_TYPE_NEEDED = 19002 / 200, "params error, msg_type need" => "send msg_type: text, post, image, share_chat or interactive";
    CONTENT_UNKNOWN = 19002 / 200, "params error, unknown content value" => "`content` must have the form msg_type wants; a post has at least one paragraph of text, a, at and img, without style";
    CARD_UNKNOWN = 19002 / 200, "params error, unknown card value" => "an interactive message has its card in `card`, as an object";
    SIGN_MISMATCH = 19021 / 200, "sign match fail or timestamp is not within one hour from current time" => "sign is base64(HMAC-SHA256(key = timestamp + \"\\n\" + secret, message = \"\")), timestamp the current second; check the clock";
    IP_NOT_ALLOWED = 19022 / 200, "Ip Not Allowed" => "add the caller's address to the bot's IP list";
    KEYWORD_MISSING = 19024 / 200, "Key Words Not Found" => "one of the bot's keywords must stand in the text or title of the message; pictures and groups have none";
    TOO_LARGE = 19036 / 200, "The message exceeds the size limit of 30KB" => "make the message smaller: the guide allows 20 KB";
}
