//! `image`, `file`, `folder`, `audio`, `media` and `sticker`

use larkspur_api_macros::object;

use crate::id::{FileKey, ImageKey};

/// A picture.
#[object]
pub struct Image {
    /// The key that uploading gave.
    pub image_key: ImageKey,
}

/// A file.
#[object]
pub struct File {
    /// The key that uploading gave.
    pub file_key: FileKey,
    /// Its name. Received only.
    pub file_name: Option<String>,
}

/// A folder. Received only; it cannot be downloaded.
#[object]
pub struct Folder {
    /// The key.
    pub file_key: FileKey,
    /// Its name.
    pub file_name: Option<String>,
}

/// A voice recording, uploaded with `file_type=opus`.
#[object]
pub struct Audio {
    /// The key that uploading gave.
    pub file_key: FileKey,
    /// How long it plays, in ms. Received only.
    pub duration: Option<i64>,
}

/// A video, uploaded with `file_type=mp4`.
#[object]
pub struct Media {
    /// The key that uploading gave.
    pub file_key: FileKey,
    /// The picture to show before it plays.
    pub image_key: Option<ImageKey>,
    /// Its name. Received only.
    pub file_name: Option<String>,
    /// How long it plays, in ms. Received only.
    pub duration: Option<i64>,
}

/// A sticker. A bot sends only those it was sent.
#[object]
pub struct Sticker {
    /// The key.
    pub file_key: FileKey,
}
