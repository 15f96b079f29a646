//! `im.v1.message_resource`: the pictures and files inside messages.

pub mod get;
