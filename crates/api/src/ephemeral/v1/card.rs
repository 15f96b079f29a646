//! `ephemeral.v1.card`.

pub mod delete;
pub mod send;
