//! `im.v2`.

pub mod url_preview;
