//! `application`

pub mod v6;
