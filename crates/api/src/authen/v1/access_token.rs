//! `authen.v1.access_token`

pub mod create;
