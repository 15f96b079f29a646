//! `cardkit`: cards that exist by themselves.

pub mod v1;
