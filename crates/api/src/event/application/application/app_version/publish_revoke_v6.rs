//! `application.application.app_version.publish_revoke_v6`

use crate::{event::UserIds, prelude::*};

/// The request to publish a version of an app was taken back.
#[event(
    event_type = "application.application.app_version.publish_revoke_v6",
    schema = V2,
    scopes = Any(&["application:application.app_version:readonly"]),
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_revoke",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.app_version.publish_revoke_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"creator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"app_id":"cli_9b445f5258795107","version_id":"oav_d317f090b7258ad0372aa53963cda70d"}}"#,
)]
pub struct Event {
    /// Who took it back.
    pub operator_id: Option<UserIds>,
    /// Who made the app.
    pub creator_id: Option<UserIds>,
    /// The app.
    pub app_id: AppId,
    /// The version.
    pub version_id: String,
}
