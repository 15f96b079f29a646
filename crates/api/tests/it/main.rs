//! Holds the contract against the catalogue of the public documentation.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may end that way")]

mod cards;
mod catalogue;
mod events;
mod registry;
mod secrets;
mod wire;
