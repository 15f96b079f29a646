//! `interactive.v1`.

pub mod card;
