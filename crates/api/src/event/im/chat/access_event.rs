//! `im.chat.access_event`: users who open chats.

pub mod bot_p2p_chat_entered_v1;
