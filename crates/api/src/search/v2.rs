//! `search.v2`.

pub mod message;
