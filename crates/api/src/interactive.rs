//! `interactive`: cards that someone clicked.

pub mod v1;
