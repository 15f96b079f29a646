//! `im.message`: what happens to messages.

pub mod message_read_v1;
pub mod reaction;
pub mod recalled_v1;
pub mod receive_v1;
