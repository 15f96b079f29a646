//! `application.v6.application`: what an app is.

pub mod get;
