//! `tenant.v2`

pub mod tenant;
