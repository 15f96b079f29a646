//! Version 2: OAuth 2.0.

pub mod oauth_token;
