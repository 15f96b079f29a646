//! `application.v6`

pub mod application;
pub mod scope;
