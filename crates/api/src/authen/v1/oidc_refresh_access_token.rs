//! `authen.v1.oidc_refresh_access_token`

pub mod create;
