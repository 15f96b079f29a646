//! `GET /open-apis/im/v1/files/:file_key`

use crate::prelude::*;

/// Downloads a file that this app uploaded. At most 100 MB.
#[endpoint(
    id = "im.v1.file.get",
    method = GET,
    path = "/open-apis/im/v1/files/:file_key",
    tenant = NO_SCOPE,
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/file/get",
    cli = "files get",
    response = Binary,
    errors = [
        code::resource::INVALID_PARAM,
        code::resource::UNAUTHORIZED,
        code::resource::NOT_THE_SENDER,
        code::resource::DELETED,
        code::resource::DOWNLOAD_TOO_LARGE,
        code::resource::MASTER_KEY_DELETED,
        code::resource::HYBRID_STORAGE,
    ],
    example = r#"{"file_key":"file_456a92d6-c6ea-4de4-ac3f-7afcf44ac78g"}"#,
)]
pub struct Request {
    /// The key that uploading gave.
    #[path]
    pub file_key: FileKey,
}
