//! `application.bot.menu_v6`

use crate::{event::UserIds, prelude::*};

/// A user chose an item of the bot's menu that sends an event.
#[event(
    event_type = "application.bot.menu_v6",
    schema = V2,
    scopes = NO_SCOPE,
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/bot/events/menu",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.bot.menu_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"operator":{"operator_name":"张三","operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}},"event_key":"menu2022********67dfc8b885136","timestamp":1669364458}}"#,
)]
pub struct Event {
    /// The user.
    pub operator: Operator,
    /// The item, as the app's developer named it.
    #[field(min_len = 1, max_len = 30)]
    pub event_key: String,
    /// When, in s since 1970.
    pub timestamp: i64,
}

/// The user who chose an item.
#[object]
pub struct Operator {
    /// The name.
    #[field(min_len = 1, max_len = 100, scopes = &["application:application.bot.operator_name:readonly"])]
    pub operator_name: Option<String>,
    /// Who.
    pub operator_id: UserIds,
}
