//! `auth.v3.auth`: tokens of apps that belong to one tenant.
//!
//! Both calls give the same token for as long as it has 30 minutes left, and a new one after that;
//! the older one stays valid until its own end. Failures travel with HTTP 200.

pub mod app_access_token;
pub mod app_access_token_internal;
pub mod app_ticket_resend;
pub mod tenant_access_token;
pub mod tenant_access_token_internal;
