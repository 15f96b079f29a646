//! `auth`: app and tenant tokens.

pub mod v3;
