//! `event.v1`: where events come from.

pub mod outbound_ip;
