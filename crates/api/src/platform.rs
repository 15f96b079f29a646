//! The platform itself, as its keeper sees it: apps, users, connections, events sent by hand.
//!
//! These endpoints are the platform's own. They take no token, and answer this machine alone.

pub mod app;
pub mod card_template;
pub mod chat;
pub mod connection;
pub mod tenant;
pub mod trigger;
pub mod user;
