//! `application.v6.scope`: what an app may do.

pub mod list;
