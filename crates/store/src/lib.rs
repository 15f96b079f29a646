//! What the platform keeps: rows in SQLite, bytes in an object store.
//!
//! This crate holds all SQL and knows no rule of the platform. Reading goes through [`View`],
//! changing through [`Tx`]; both are used inside closures that [`Store::read`] and [`Store::write`]
//! run, the latter on the one thread that writes. A write is acknowledged after its commit is on disk,
//! and whatever waits is committed together.
//!
//! Lookups return `Option`: absence is no error of the store.

pub mod app;
pub mod authorization;
pub mod batch;
pub mod blob;
pub mod card;
pub mod card_entity;
pub mod card_template;
pub mod chat;
pub mod chat_menu;
pub mod chat_nickname;
pub mod chat_tab;
pub mod chat_user_setting;
mod database;
pub mod dedupe;
pub mod department;
mod engine;
pub mod feed_shortcut;
pub mod flag;
pub mod follow_up;
pub mod hook;
pub mod member;
pub mod message;
pub mod message_term;
pub mod moderator;
pub mod outbox;
pub mod pin;
pub mod reaction;
pub mod read_mark;
pub mod resource;
mod shown;
pub mod token;
pub mod top_notice;
pub mod urgent;
pub mod url_preview;
pub mod user;

pub use blob::{Blobs, Upload};
pub use engine::{Store, Tx, View};

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The object store refused.
    #[error("object store: {0}")]
    Blob(#[from] object_store::Error),
    /// The folder cannot be used.
    #[error("{path}: {source}")]
    Folder {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The data was written by a newer version.
    #[error(
        "the data has schema {found}, this version knows schemas up to {known}: use the newer version, or another folder"
    )]
    Newer {
        /// The schema of the data.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// Another process uses the data.
    #[error("{0} is in use by another process: stop it, or choose another folder with --data")]
    InUse(std::path::PathBuf),
    /// The commit failed; nothing of it was kept.
    #[error("commit failed: {0}")]
    Commit(String),
    /// The store was closed, or the writer failed.
    #[error("the store is closed")]
    Closed,
}

/// Who can be a member of a chat or send a message: a user or an app, by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// `user.id`
    User(i64),
    /// `app.id`
    App(i64),
}

impl Actor {
    const fn kind(self) -> i64 {
        match self {
            Self::User(_) => 0,
            Self::App(_) => 1,
        }
    }

    /// The row.
    pub const fn row(self) -> i64 {
        match self {
            Self::User(row) | Self::App(row) => row,
        }
    }

    const fn new(kind: i64, row: i64) -> Self {
        if kind == 0 { Self::User(row) } else { Self::App(row) }
    }
}
