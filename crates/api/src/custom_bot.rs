//! `custom_bot`: bots that only speak, in one group, at an address that is their credential.

pub mod v1;
pub mod v2;
