//! Acting as a user: what people do in a client, for tests, scripts and the console.
//!
//! These endpoints are the platform's own. They take no token, and answer this machine alone.

pub mod authorize;
pub mod click;
pub mod edit;
pub mod enter;
pub mod forward;
pub mod join;
pub mod leave;
pub mod menu;
pub mod open_link;
pub mod pin;
pub mod react;
pub mod read;
pub mod recall;
pub mod reply;
pub mod send;
pub mod submit;
pub mod unpin;
pub mod unreact;
pub mod withdraw;
