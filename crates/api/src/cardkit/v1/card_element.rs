//! `cardkit.v1.card_element`: the components and texts of a card entity, by their `element_id`.

pub mod content;
pub mod create;
pub mod delete;
pub mod patch;
pub mod update;
