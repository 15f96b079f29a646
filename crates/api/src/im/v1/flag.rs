//! `im.v1.flag`: what users keep for later.

pub mod cancel;
pub mod create;
pub mod list;

use crate::prelude::*;

/// What to flag, or to take a flag from.
#[object]
pub struct NewFlag {
    /// The message; of a thread its first.
    pub item_id: MessageId,
    /// What is flagged.
    pub item_type: ItemType,
    /// Where the flag stands. Messages are flagged in the list of messages, threads in the feed.
    pub flag_type: FlagType,
}

/// What is flagged.
#[open_enum]
pub enum ItemType {
    /// A message.
    Default = "0",
    /// A thread in a group of threads.
    Thread = "4",
    /// A thread in another chat.
    MsgThread = "11",
}

/// Where a flag stands.
#[open_enum]
pub enum FlagType {
    /// In the feed.
    Feed = "1",
    /// In the list of messages.
    Message = "2",
}
