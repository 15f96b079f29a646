//! `im.v2`.

pub mod chat;
pub mod feed_shortcut;
pub mod url_preview;
