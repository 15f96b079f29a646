//! `application.application.app_version.audit_v6`

use crate::{event::UserIds, prelude::*};

/// A version of an app was approved or rejected.
#[event(
    event_type = "application.application.app_version.audit_v6",
    schema = V2,
    scopes = Any(&["application:application.app_version:readonly"]),
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/audit",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.app_version.audit_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"version_id":"oav_d317f090b7258ad0372aa53963cda70d","creator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"app_id":"cli_9b445f5258795107","operation":"audited","remark":"拒绝理由","audit_source":"administrator"}}"#,
)]
pub struct Event {
    /// The admin who did it.
    pub operator_id: Option<UserIds>,
    /// The version.
    pub version_id: String,
    /// Who made the app.
    pub creator_id: Option<UserIds>,
    /// The app.
    pub app_id: AppId,
    /// Approved or rejected.
    pub operation: Operation,
    /// Why it was rejected.
    pub remark: Option<String>,
    /// How it was decided.
    pub audit_source: AuditSource,
}

/// What became of a version.
#[open_enum]
pub enum Operation {
    /// Approved.
    Audited = "audited",
    /// Rejected.
    Reject = "reject",
}

/// How a version was decided on.
#[open_enum]
pub enum AuditSource {
    /// An admin did.
    Administrator = "administrator",
    /// It needs no approval.
    Auto = "auto",
}
