//! `application.application.app_version`: versions of apps on their way to users.

pub mod audit_v6;
pub mod publish_apply_v6;
pub mod publish_revoke_v6;
