//! `GET /open-apis/im/v1/messages/:message_id/resources/:file_key`

use crate::prelude::*;

/// Downloads a picture or file that stands in a message, whoever sent it. At most 100 MB.
///
/// Not for stickers, cards, or what is inside a merged forward. A single `Range` is honoured.
#[endpoint(
    id = "im.v1.message_resource.get",
    method = GET,
    path = "/open-apis/im/v1/messages/:message_id/resources/:file_key",
    tenant = Any(&["im:message", "im:message:readonly", "im:message.history:readonly"]),
    rate = TIER_4,
    doc = "/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-resource/get",
    cli = "message.resources get",
    response = Binary,
    errors = [
        code::message::DELETED,
        code::resource::INVALID_PARAM,
        code::resource::UNAUTHORIZED,
        code::resource::NOT_IN_MESSAGE,
        code::resource::APP_NOT_IN_CHAT,
        code::resource::LACK_OF_PERMISSION,
        code::resource::TENANT_CHECK_FAILED,
        code::resource::DOWNLOAD_TOO_LARGE,
        code::resource::RESTRICTED_MODE,
        code::resource::INVISIBLE,
        code::resource::MASTER_KEY_DELETED,
        code::resource::HYBRID_STORAGE,
        code::resource::UNSUPPORTED_MESSAGE,
    ],
    example = r#"{"message_id":"om_dc13264520392913993dd051dba21dcf","file_key":"file_456a92d6-c6ea-4de4-ac3f-7afcf44ac78g","type":"image"}"#,
)]
pub struct Request {
    /// The message.
    #[path]
    pub message_id: MessageId,
    /// The `image_key` or `file_key` that stands in it.
    #[path]
    pub file_key: String,
    /// Which of the two that is.
    #[query(invalid = code::resource::INVALID_PARAM)]
    pub r#type: ResourceType,
}

/// What kind of resource.
#[open_enum]
pub enum ResourceType {
    /// A picture, also one inside a post.
    Image = "image",
    /// A file, recording or video.
    File = "file",
}
