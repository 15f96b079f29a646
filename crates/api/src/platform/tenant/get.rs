//! `GET /_larkspur/v1/tenants/:tenant_key`

use super::Tenant;
use crate::prelude::*;

/// Shows what an administrator has set for a tenant.
#[endpoint(
    id = "platform.tenant.get",
    method = GET,
    path = "/_larkspur/v1/tenants/:tenant_key",
    rate = Rate::UNLIMITED,
    doc = "",
    cli = "tenant get",
    response = Tenant,
    errors = [],
    example = r#"{"tenant_key":"736588c9260f175d"}"#,
)]
pub struct Request {
    /// The tenant.
    #[path]
    pub tenant_key: String,
}
