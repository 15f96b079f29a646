//! `GET /open-apis/tenant/v2/tenant/query`

use crate::prelude::*;

/// Tells what the tenant is called.
#[endpoint(
    id = "tenant.v2.tenant.query",
    method = GET,
    path = "/open-apis/tenant/v2/tenant/query",
    tenant = Any(&["tenant:tenant:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/tenant-v2/tenant/query",
    cli = "tenant query",
    response = Response,
    errors = [code::platform::TENANT_UNKNOWN, code::platform::TENANT_FORBIDDEN],
)]
#[derive(Default)]
pub struct Request {}

/// The tenant.
#[object]
pub struct Response {
    /// The tenant.
    pub tenant: Tenant,
}

/// A tenant.
#[object]
pub struct Tenant {
    /// The name.
    pub name: String,
    /// The number by which people know it.
    pub display_id: String,
    /// Whether it is an organisation or a single person.
    pub tenant_tag: TenantTag,
    /// The key.
    pub tenant_key: String,
    /// The picture.
    pub avatar: Option<Avatar>,
    /// Where its members reach its pages.
    #[field(scopes = &["tenant:tenant.domain:read"])]
    pub domain: Option<String>,
}

/// What a tenant is.
#[open_enum]
pub enum TenantTag {
    /// An organisation.
    Team = 0,
    /// A single person.
    Personal = 2,
}

/// The picture of a tenant, in several sizes, as URLs.
#[object]
pub struct Avatar {
    /// As it was uploaded.
    pub avatar_origin: String,
    /// 72 px wide and high.
    pub avatar_72: String,
    /// 240 px.
    pub avatar_240: String,
    /// 640 px.
    pub avatar_640: String,
}
