//! `search.v2.message`: the older search of messages.

pub mod create;
