//! `auth`: authorizations.

pub mod user_access_token;
