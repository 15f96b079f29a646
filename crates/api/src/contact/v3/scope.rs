//! `contact.v3.scope`: what of the contacts an app may see.

pub mod list;
