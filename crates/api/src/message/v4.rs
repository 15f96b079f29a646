//! `message.v4`.

pub mod batch_send;
