//! `event.v1.outbound_ip`

pub mod list;
