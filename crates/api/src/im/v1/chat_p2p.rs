//! `im.v1.chat_p2p`: one-to-one chats of a user.

pub mod batch_query;
