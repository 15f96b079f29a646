//! `interactive.v1.card`.

pub mod update;
