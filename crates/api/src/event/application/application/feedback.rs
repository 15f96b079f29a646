//! `application.application.feedback`: what users say of apps.

pub mod created_v6;
pub mod updated_v6;
