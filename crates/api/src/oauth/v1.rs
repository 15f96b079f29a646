//! Version 1.

pub mod device_authorization;
pub mod revoke;
