//! `message.v4.batch_send`.

pub mod create;
