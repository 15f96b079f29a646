//! `auth.v3`.

pub mod auth;
