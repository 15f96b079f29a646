//! `GET /open-apis/bot/v3/info`

use crate::prelude::*;

/// Gets the bot: its name, its `open_id`, whether it is active. An app without one is refused.
#[endpoint(
    id = "bot.v3.bot.info",
    method = GET,
    path = "/open-apis/bot/v3/info",
    tenant = NO_SCOPE,
    rate = Rate::UNLIMITED,
    doc = "/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM",
    cli = "info get",
    response = Response,
    flat,
    errors = [code::bot::NO_BOT],
)]
#[derive(Default)]
pub struct Request {}

/// The bot, beside `code` and not under `data`.
#[object]
pub struct Response {
    /// The bot.
    pub bot: BotInfo,
}

/// A bot.
#[object]
pub struct BotInfo {
    /// Whether the tenant uses the app.
    pub activate_status: ActivateStatus,
    /// The app's name.
    pub app_name: String,
    /// The app's picture, as a URL.
    pub avatar_url: String,
    /// The addresses it may call from; empty means all.
    pub ip_white_list: Vec<String>,
    /// The bot.
    pub open_id: OpenId,
}

/// Whether a tenant uses an app.
#[open_enum]
pub enum ActivateStatus {
    /// Not yet installed.
    Initial = 0,
    /// Disabled by the tenant.
    Disabled = 1,
    /// In use.
    Enabled = 2,
    /// Installed, not yet enabled.
    Installed = 3,
    /// Upgraded, not yet enabled.
    Upgraded = 4,
    /// Disabled: the licence ended.
    LicenceEnded = 5,
    /// Disabled: the tenant's plan ended or was reduced.
    PlanEnded = 6,
}
