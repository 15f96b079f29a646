//! `application.bot`: the bots of apps.

pub mod menu_v6;
