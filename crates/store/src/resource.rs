//! Images and files: what is known of them. The bytes are in [`Blobs`](crate::Blobs), under the same key.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Tx, View};

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRow {
    /// `img_v3_…`
    pub image_key: String,
    /// `app.id` of the app that uploaded it.
    pub app: i64,
    /// `message` or `avatar`.
    pub image_type: String,
    /// `image/png` and so on, of the bytes as they are stored.
    pub media_type: String,
    /// In px.
    pub width: i64,
    /// In px.
    pub height: i64,
    /// In bytes.
    pub size: i64,
    /// In ms.
    pub created_at: i64,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// `file_v3_…`
    pub file_key: String,
    /// `app.id` of the app that uploaded it.
    pub app: i64,
    /// `opus`, `mp4`, … as the uploader said.
    pub file_type: String,
    /// The name, as the uploader said.
    pub file_name: String,
    /// How long it plays, in ms, as the uploader said.
    pub duration: Option<i64>,
    /// In bytes.
    pub size: i64,
    /// In ms.
    pub created_at: i64,
}

impl View<'_> {
    /// The image with this key.
    pub fn image(&self, image_key: &str) -> Result<Option<ImageRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT image_key, app, image_type, media_type, width, height, size, created_at FROM image WHERE image_key = ?1",
        )?;
        let row = statement.query_row([image_key], |row| {
            Ok(ImageRow {
                image_key: row.get(0)?,
                app: row.get(1)?,
                image_type: row.get(2)?,
                media_type: row.get(3)?,
                width: row.get(4)?,
                height: row.get(5)?,
                size: row.get(6)?,
                created_at: row.get(7)?,
            })
        });
        Ok(row.optional()?)
    }

    /// The file with this key.
    pub fn file(&self, file_key: &str) -> Result<Option<FileRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT file_key, app, file_type, file_name, duration, size, created_at FROM file WHERE file_key = ?1",
        )?;
        let row = statement.query_row([file_key], |row| {
            Ok(FileRow {
                file_key: row.get(0)?,
                app: row.get(1)?,
                file_type: row.get(2)?,
                file_name: row.get(3)?,
                duration: row.get(4)?,
                size: row.get(5)?,
                created_at: row.get(6)?,
            })
        });
        Ok(row.optional()?)
    }
}

impl Tx<'_> {
    /// Adds an image whose bytes are stored.
    pub fn insert_image(&self, image: &ImageRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO image (image_key, app, image_type, media_type, width, height, size, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        statement.execute(params![
            image.image_key,
            image.app,
            image.image_type,
            image.media_type,
            image.width,
            image.height,
            image.size,
            image.created_at
        ])?;
        Ok(())
    }

    /// Adds a file whose bytes are stored.
    pub fn insert_file(&self, file: &FileRow) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO file (file_key, app, file_type, file_name, duration, size, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        statement.execute(params![
            file.file_key,
            file.app,
            file.file_type,
            file.file_name,
            file.duration,
            file.size,
            file.created_at
        ])?;
        Ok(())
    }
}
