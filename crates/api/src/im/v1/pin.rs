//! `im.v1.pin`: messages that a chat keeps at hand.

pub mod create;
pub mod delete;
pub mod list;

use crate::prelude::*;

/// A pinned message.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/pin/pin-overview`.
#[object]
pub struct Pin {
    /// The message.
    pub message_id: MessageId,
    /// Its chat.
    pub chat_id: ChatId,
    /// Who pinned it.
    pub operator_id: String,
    /// Which kind of id that is.
    pub operator_id_type: OperatorIdType,
    /// When, in ms.
    pub create_time: Millis,
}

/// What kind of operator.
#[open_enum]
pub enum OperatorIdType {
    /// A person.
    OpenId = "open_id",
    /// An app.
    AppId = "app_id",
}
