//! `contact`: users and departments.

pub mod v3;
