//! `contact`: the people of a tenant.

pub mod user;
