//! `search.v1`.

pub mod user;
