//! `platform.connection`: who listens.

pub mod delete;
pub mod list;
