//! `url`: links.

pub mod preview;
