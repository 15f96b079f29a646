//! `authen.v1.oidc_access_token`

pub mod create;
