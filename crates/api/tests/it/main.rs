//! Holds the contract against the catalogue of the public documentation.

mod catalogue;
mod registry;
mod wire;
