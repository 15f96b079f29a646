//! `im.v2.url_preview`: what a link shows of what lies behind it.

pub mod batch_update;
