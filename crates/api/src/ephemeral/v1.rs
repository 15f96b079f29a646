//! `ephemeral.v1`.

pub mod card;
