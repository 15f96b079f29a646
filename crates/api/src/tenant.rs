//! `tenant`

pub mod v2;
