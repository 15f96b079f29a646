//! `GET /open-apis/im/v1/images/:image_key`

use crate::prelude::*;

/// Downloads a picture that this app uploaded with `image_type=message`.
#[endpoint(
    id = "im.v1.image.get",
    method = GET,
    path = "/open-apis/im/v1/images/:image_key",
    tenant = NO_SCOPE,
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/get",
    cli = "images get",
    response = Binary,
    errors = [
        code::resource::INVALID_PARAM,
        code::resource::UNAUTHORIZED,
        code::resource::DELETED,
        code::resource::BOT_NOT_ACTIVATED,
        code::resource::NOT_THE_SENDER,
        code::resource::MASTER_KEY_DELETED,
        code::resource::HYBRID_STORAGE,
    ],
    example = r#"{"image_key":"img_8d5181ca-0aed-40f0-b0d1-b1452132afbg"}"#,
)]
pub struct Request {
    /// The key that uploading gave.
    #[path]
    pub image_key: ImageKey,
}
