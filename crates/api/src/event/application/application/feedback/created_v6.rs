//! `application.application.feedback.created_v6`

use crate::{event::UserIds, prelude::*};

/// A user said something about an app.
#[event(
    event_type = "application.application.feedback.created_v6",
    schema = V2,
    scopes = Any(&["application:application.feedback.feedback_info"]),
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application-feedback/events/created",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.feedback.created_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"user_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"app_id":"cli_9b445f5258795107","feedback_time":"2022-01-30 11:30:12","tenant_name":"字节跳动","feedback_type":1,"fault_type":[1,2,3],"fault_time":"2022-01-30 11:30:12","source":1,"contact":"wang@bytedance.com","description":"反馈的详细信息","images":["https://p6-lark-openplatform-image-sign.byteimg.com/*"],"feedback_id":"7057888018203574291","feedback_path":"page/index"}}"#,
)]
pub struct Event {
    /// The user.
    pub user_id: Option<UserIds>,
    /// The app.
    pub app_id: AppId,
    /// When, written `2022-01-30 11:30:12`.
    pub feedback_time: String,
    /// The name of the user's tenant.
    pub tenant_name: Option<String>,
    /// A fault or a wish.
    pub feedback_type: FeedbackType,
    /// The faults.
    pub fault_type: Option<Vec<FaultType>>,
    /// When the fault showed, written `2022-01-30 11:30:12`.
    pub fault_time: Option<String>,
    /// Where it was said.
    pub source: Option<FeedbackSource>,
    /// How the user can be reached, in the user's words.
    #[field(scopes = &["contact:user.email:readonly", "contact:user.phone:readonly"])]
    pub contact: Option<String>,
    /// What was said.
    pub description: Option<String>,
    /// Pictures, as URLs that are valid for 3 days.
    pub images: Option<Vec<String>>,
    /// Names the feedback.
    pub feedback_id: String,
    /// The page it was said on.
    pub feedback_path: Option<String>,
}

/// What kind of feedback.
#[open_enum]
pub enum FeedbackType {
    /// Something does not work.
    Fault = 1,
    /// A wish.
    Suggestion = 2,
}

/// What does not work.
#[open_enum]
pub enum FaultType {
    /// The screen is black.
    BlackScreen = 1,
    /// The screen is white.
    BlankScreen = 2,
    /// It does not open.
    WillNotOpen = 3,
    /// It stutters.
    Laggy = 4,
    /// It crashes.
    Crash = 5,
    /// Pages load slowly.
    SlowLoad = 6,
    /// It freezes.
    Freeze = 7,
    /// Something else.
    Unlisted = 8,
}

/// Where feedback was given.
#[open_enum]
pub enum FeedbackSource {
    /// In a mini program.
    Gadget = 1,
    /// In a web app.
    WebApp = 2,
    /// In a bot.
    Bot = 3,
    /// In a web page with the SDK.
    WebSdk = 4,
}
