//! `application.application.created_v6`

use crate::{event::UserIds, prelude::*};

/// A custom app was made in the tenant, though it may not be published yet.
#[event(
    event_type = "application.application.created_v6",
    schema = V2,
    scopes = Any(&["admin:app.info:readonly"]),
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application/events/created",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.created_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"app_id":"cli_9f5343c580712544","name":"应用名称","description":"应用描述","avatar":"https://s1-imfile.feishucdn.com/static-resource/v1/c1f2f629-65e5-462c-be6a-bf327f971edg","app_scene_type":0,"primary_language":"zh_cn","create_source":"developer_console"}}"#,
)]
pub struct Event {
    /// Who made it.
    pub operator_id: Option<UserIds>,
    /// The app.
    pub app_id: AppId,
    /// The name.
    pub name: String,
    /// The description.
    pub description: Option<String>,
    /// The picture, as a URL.
    pub avatar: Option<String>,
    /// What kind of app.
    pub app_scene_type: AppSceneType,
    /// The main language: `zh_cn`, `en_us`, …
    pub primary_language: Option<String>,
    /// What it was made with.
    pub create_source: CreateSource,
}

/// What kind of app.
#[open_enum]
pub enum AppSceneType {
    /// A tenant made it for itself.
    Custom = 0,
    /// It is in the store.
    Store = 1,
}

/// What an app was made with.
#[open_enum]
pub enum CreateSource {
    /// The developer console.
    DeveloperConsole = "developer_console",
    /// The automations of Base.
    Base = "base",
    /// The app engine.
    AppEngine = "app_engine",
    /// The bot builder.
    BotBuilder = "bot_builder",
    /// Aily.
    Aily = "aily",
    /// Not known.
    Unknown = "unknown",
}
