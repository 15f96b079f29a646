//! `search`: what a user finds.

pub mod v2;
