//! `application`: apps.

#[expect(clippy::module_inception, reason = "the name on the wire says it twice")]
pub mod application;
pub mod bot;
