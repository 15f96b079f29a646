//! `POST /open-apis/im/v1/images`

use crate::prelude::*;

/// Uploads a picture: JPEG, PNG, WEBP, GIF, BMP, ICO, TIFF or HEIC, up to 10 MB.
///
/// TIFF and HEIC are stored as JPEG. A GIF may have 2000 by 2000 px, other pictures 12000 by 12000,
/// an avatar 4096 by 4096.
#[endpoint(
    id = "im.v1.image.create",
    method = POST,
    path = "/open-apis/im/v1/images",
    tenant = Any(&["im:resource", "im:resource:upload"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/create",
    cli = "images create",
    response = Response,
    write,
    errors = [
        code::resource::WRITES_STOPPED,
        code::resource::INVALID_PARAM,
        code::resource::UNAUTHORIZED,
        code::resource::TOO_LARGE,
        code::resource::BOT_NOT_ACTIVATED,
        code::resource::EMPTY,
        code::resource::FORMAT_UNKNOWN,
        code::resource::RESOLUTION_TOO_HIGH,
        code::resource::MASTER_KEY_DELETED,
        code::resource::HYBRID_STORAGE,
    ],
    example = r#"{"image_type":"message"}"#,
)]
pub struct Request {
    /// What it is for.
    #[body(invalid = code::resource::INVALID_PARAM)]
    pub image_type: ImageType,
    /// The picture.
    #[file(max_len = super::MAX_BYTES, invalid = code::resource::INVALID_PARAM)]
    pub image: FilePart,
}

/// What a picture is for.
#[open_enum]
pub enum ImageType {
    /// To be sent.
    Message = "message",
    /// To be the avatar of a user or a chat. It cannot be downloaded again.
    Avatar = "avatar",
}

/// The key of the picture.
#[object]
pub struct Response {
    /// The key: `img_v3_…`.
    pub image_key: ImageKey,
}
