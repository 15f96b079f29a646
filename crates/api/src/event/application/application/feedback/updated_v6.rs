//! `application.application.feedback.updated_v6`

use crate::{event::UserIds, prelude::*};

/// The state of feedback changed.
#[event(
    event_type = "application.application.feedback.updated_v6",
    schema = V2,
    scopes = Any(&["application:application.feedback.feedback_info"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/updated",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.feedback.updated_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"feedback_ids":["7057888018203574291"],"status":1,"app_id":"cli_9b445f5258795107","update_time":"2021-07-01 17:00:00","operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}}}"#,
)]
pub struct Event {
    /// The feedback.
    pub feedback_ids: Vec<String>,
    /// The new state.
    pub status: FeedbackStatus,
    /// The app.
    pub app_id: AppId,
    /// When, written `2021-07-01 17:00:00`.
    pub update_time: String,
    /// Who changed it.
    pub operator_id: Option<UserIds>,
}

/// The state of feedback.
#[open_enum]
pub enum FeedbackStatus {
    /// Nobody took care of it yet.
    Open = 0,
    /// It is done.
    Handled = 1,
    /// Someone takes care of it.
    InProgress = 2,
    /// It is closed.
    Closed = 3,
}
