//! The previews of links that clients have fetched.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// A preview that was fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct UrlPreviewRow {
    /// What the app knows it by.
    pub token: String,
    /// `app.id` of the app that was asked.
    pub app: i64,
    /// `message.id` of the message with the link, if it is sent.
    pub message: Option<i64>,
    /// The link.
    pub url: String,
    /// When the app last asked for a new fetch, in ms.
    pub asked_at: Option<i64>,
    /// For whom, as a JSON array of `user.id`; `None` means everyone in the chat.
    pub asked_for: Option<String>,
}

crate::debug_shows!(UrlPreviewRow: app, message, url, asked_at, asked_for);

impl View<'_> {
    /// The preview with this token.
    pub fn url_preview(&self, token: &str) -> Result<Option<UrlPreviewRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT token, app, message, url, asked_at, asked_for FROM url_preview WHERE token = ?1",
        )?;
        let row = statement.query_row([token], |row| {
            Ok(UrlPreviewRow {
                token: row.get(0)?,
                app: row.get(1)?,
                message: row.get(2)?,
                url: row.get(3)?,
                asked_at: row.get(4)?,
                asked_for: row.get(5)?,
            })
        });
        Ok(row.optional()?)
    }
}

impl Tx<'_> {
    /// Keeps a preview.
    pub fn insert_url_preview(&self, preview: &UrlPreviewRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO url_preview (token, app, message, url, asked_at, asked_for) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            preview.token,
            preview.app,
            preview.message,
            preview.url,
            preview.asked_at,
            preview.asked_for
        ])?;
        Ok(())
    }

    /// Notes that an app asked for a new fetch of a preview.
    pub fn ask_url_preview(&self, token: &str, now: i64, asked_for: Option<&str>) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE url_preview SET asked_at = ?2, asked_for = ?3 WHERE token = ?1")?;
        statement.execute(params![token, now, asked_for])?;
        Ok(())
    }
}
