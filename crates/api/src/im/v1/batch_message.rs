//! `im.v1.batch_message`: what became of messages to many users.

pub mod delete;
pub mod get_progress;
pub mod read_user;
