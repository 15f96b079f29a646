//! Refusals of `bot.v3.bot.info`.
//!
//! Its page has no table. The number is that of the general one, `/ukTMukTMukTM/ugjM14COyUjL4ITN`, and was seen.

super::codes! {
    NO_BOT = 11205 / 200, "app do not have bot" => "enable the bot ability of the app and publish a version";
}
