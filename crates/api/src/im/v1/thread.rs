//! `im.v1.thread`.

pub mod forward;
