//! `authen.v1.refresh_access_token`

pub mod create;
