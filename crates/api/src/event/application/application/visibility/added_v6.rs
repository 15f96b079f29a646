//! `application.application.visibility.added_v6`

use crate::prelude::*;

/// Users installed a store app without approval, or joined those who may use it.
#[event(
    event_type = "application.application.visibility.added_v6",
    schema = V2,
    scopes = NO_SCOPE,
    apps = Isv,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/event/app-availability-scope-extended",
    example = r#"{"schema":"2.0","header":{"event_id":"a069a9c71bd8f82dd1fc5a2fae777842","token":"l802sPhp2r1AMSPDTaJc5eYZOEnKyp","create_time":"1615813148349","event_type":"application.application.visibility.added_v6","tenant_key":"2d3aa0bc8d8f575d","app_id":"cli_9dbb2dd6f5e0d104"},"event":{"source":1,"users":[{"user_id":{"open_id":"ou_f370aea2baf6ffc69a6762d31cfaf96a","union_id":"on_6bc1e6c0e9ad8193fa4391278eb76891"}}]}}"#,
)]
pub struct Event {
    /// Says nothing.
    pub source: Option<i64>,
    /// Who.
    pub users: Vec<User>,
}

/// Someone who may use the app now.
#[object]
pub struct User {
    /// Who.
    pub user_id: Ids,
}

/// The names of a user in another tenant.
#[object]
pub struct Ids {
    /// The user within this app.
    pub open_id: OpenId,
    /// The user across the apps of this app's developer.
    pub union_id: Option<UnionId>,
}
