//! `url.preview`: what links show.

pub mod get;
