//! `cardkit.v1`.

pub mod card;
pub mod card_element;
