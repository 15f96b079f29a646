//! `application.application`: what happens to apps.

pub mod app_version;
pub mod created_v6;
pub mod feedback;
pub mod visibility;
