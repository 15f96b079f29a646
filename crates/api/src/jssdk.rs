//! `jssdk`: what pages inside the client need.

pub mod ticket;
