//! `cardkit.v1.card`: card entities. An entity is sent once, and every change of it shows where it was sent.

pub mod batch_update;
pub mod create;
pub mod id_convert;
pub mod settings;
pub mod update;

use crate::prelude::*;

/// What a card is made of.
#[open_enum]
pub enum CardType {
    /// JSON of version 2.0.
    CardJson = "card_json",
    /// A template of the app, with the values of its variables.
    Template = "template",
}

/// The JSON of a card.
#[object]
pub struct CardData {
    /// Always `card_json`.
    #[field(min_len = 1, max_len = 50)]
    pub r#type: String,
    /// The card: JSON of version 2.0 in a string.
    #[field(min_len = 1, max_len = 1_000_000)]
    pub data: String,
}

/// A card entity, as it was made.
#[object]
pub struct Card {
    /// The card entity: digits.
    pub card_id: String,
}
