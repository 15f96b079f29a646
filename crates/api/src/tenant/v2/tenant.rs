//! `tenant.v2.tenant`: the tenant itself.

pub mod query;
