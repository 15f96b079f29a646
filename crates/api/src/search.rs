//! `search`: what a user finds.

pub mod v1;
pub mod v2;
