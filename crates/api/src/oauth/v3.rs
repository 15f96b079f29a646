//! Version 3.

pub mod token;
