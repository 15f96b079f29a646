//! `application.application.visibility`: who may use an app.

pub mod added_v6;
