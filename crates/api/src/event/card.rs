//! `card`: cards and those who use them.

pub mod action;
