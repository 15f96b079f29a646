//! OAuth 2.0 on the accounts host, as the official command line uses it.

pub mod v1;
pub mod v3;
