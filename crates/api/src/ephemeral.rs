//! `ephemeral`: cards in a group that one user alone sees.

pub mod v1;
