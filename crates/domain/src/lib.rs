//! The rules of the platform: who may do what, and what comes of it.
//!
//! A rule is a function over [`Tx`](larkspur_store::Tx) or [`View`](larkspur_store::View), so that what it
//! checks and what it changes is one transaction. Nothing here knows HTTP or SQL, waits, reads the
//! clock or draws randomness: the [`Context`] brings time and ids along.

pub mod act;
pub mod app;
pub mod application;
pub mod authorization;
pub mod card;
pub mod card_entity;
mod card_template;
pub mod chat;
pub mod console;
pub mod contact;
pub mod content;
mod context;
pub mod event;
mod failure;
pub mod hook;
pub mod member;
pub mod message;
pub mod page;
pub mod person;
pub mod resource;
pub mod seed;
pub mod subscription;
pub mod tenant;
pub mod token;
pub mod url_preview;

pub use app::{App, Apps, Caller};
pub use context::{Clock, Context, Entropy, ManualClock, Pace, SystemClock, SystemEntropy};
pub use failure::{Failure, Result};
