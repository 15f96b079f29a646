//! `jssdk.ticket`: tickets with which pages sign their calls.

pub mod get;
