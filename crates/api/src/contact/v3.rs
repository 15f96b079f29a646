//! `contact.v3`.

pub mod user;
