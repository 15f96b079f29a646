//! `search.v1.user`: finding people.

pub mod list;
