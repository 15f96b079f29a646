//! `POST /open-apis/im/v1/files`

use crate::prelude::*;

/// Uploads a file, up to 30 MB.
///
/// A voice message wants an Opus file, a video message an MP4 file.
#[endpoint(
    id = "im.v1.file.create",
    method = POST,
    path = "/open-apis/im/v1/files",
    tenant = Any(&["im:resource", "im:resource:upload"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/file/create",
    cli = "files create",
    response = Response,
    write,
    errors = [
        code::resource::WRITES_STOPPED,
        code::resource::INVALID_PARAM,
        code::resource::UNAUTHORIZED,
        code::resource::TOO_LARGE,
        code::resource::BOT_NOT_ACTIVATED,
        code::resource::EMPTY,
        code::resource::MASTER_KEY_DELETED,
        code::resource::HYBRID_STORAGE,
    ],
    example = r#"{"file_type":"mp4","file_name":"测试视频.mp4","duration":3000}"#,
)]
pub struct Request {
    /// What kind of file it is.
    #[body(invalid = code::resource::INVALID_PARAM)]
    pub file_type: FileType,
    /// Its name, with the suffix.
    #[body(invalid = code::resource::INVALID_PARAM)]
    pub file_name: String,
    /// How long a recording or video plays, in ms. Without it the client shows no duration.
    #[body(min = 0, invalid = code::resource::INVALID_PARAM)]
    pub duration: Option<i64>,
    /// The file.
    #[file(max_len = super::MAX_BYTES, invalid = code::resource::INVALID_PARAM)]
    pub file: FilePart,
}

/// What kind of file.
#[open_enum]
pub enum FileType {
    /// An Opus recording.
    Opus = "opus",
    /// An MP4 video.
    Mp4 = "mp4",
    /// A PDF document.
    Pdf = "pdf",
    /// A Word document.
    Doc = "doc",
    /// An Excel sheet.
    Xls = "xls",
    /// A PowerPoint presentation.
    Ppt = "ppt",
    /// Anything else.
    Stream = "stream",
}

/// The key of the file.
#[object]
pub struct Response {
    /// The key: `file_v3_…`.
    pub file_key: FileKey,
}
