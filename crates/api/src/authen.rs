//! Users who log in.

pub mod v1;
pub mod v2;
