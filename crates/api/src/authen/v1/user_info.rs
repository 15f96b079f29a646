//! `authen.v1.user_info`

pub mod get;
