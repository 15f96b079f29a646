//! `im.v2`.

pub mod chat;
pub mod url_preview;
