//! Images and files: who may have them, and which message they may stand in.

use larkspur_api::{
    code::{message, resource},
    content::{Content, Received},
    im::v1::{file::create::FileType, message::MsgType, message_resource::get::ResourceType},
};
use larkspur_store::{
    View,
    message::{MessageRow, State},
    resource::{FileRow, ImageRow},
};

use crate::{App, Caller, Context, Failure, Result, chat, message as messages, tenant};

/// Bytes to hand out: where they are, and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The key in the blob store.
    pub key: String,
    /// In bytes.
    pub size: u64,
    /// The media type.
    pub media_type: String,
    /// The name to save it under.
    pub file_name: String,
}

impl From<ImageRow> for Download {
    fn from(image: ImageRow) -> Self {
        let extension = image.media_type.rsplit('/').next().unwrap_or_default();
        let extension = match extension {
            "jpeg" => "jpg",
            "x-icon" => "ico",
            other => other,
        };
        Self {
            file_name: format!("{}.{extension}", image.image_key),
            size: u64::try_from(image.size).unwrap_or_default(),
            media_type: image.media_type,
            key: image.image_key,
        }
    }
}

impl From<FileRow> for Download {
    fn from(file: FileRow) -> Self {
        let media_type = match file.file_type.as_str() {
            "opus" => "audio/ogg",
            "mp4" => "video/mp4",
            "pdf" => "application/pdf",
            "doc" => "application/msword",
            "xls" => "application/vnd.ms-excel",
            "ppt" => "application/vnd.ms-powerpoint",
            _ => "application/octet-stream",
        };
        Self {
            file_name: file.file_name,
            size: u64::try_from(file.size).unwrap_or_default(),
            media_type: media_type.to_owned(),
            key: file.file_key,
        }
    }
}

/// The bot ability, in the words of the resource endpoints.
pub fn check_bot(app: &App) -> Result<()> {
    if app.row.bot { Ok(()) } else { Err(resource::BOT_NOT_ACTIVATED.into()) }
}

/// An image that the app uploaded for messages.
pub fn own_image(view: &View<'_>, context: &Context, caller: &Caller, image_key: &str) -> Result<Download> {
    check_bot(&caller.app)?;
    tenant::check_storage(context, caller)?;
    let image = view.image(image_key)?.ok_or(resource::DELETED)?;
    if image.app != caller.app.row.id {
        return Err(resource::NOT_THE_SENDER.into());
    }
    if image.image_type != "message" {
        return Err(resource::INVALID_PARAM
            .field("image_key", image_key, "an avatar cannot be downloaded")
            .into());
    }
    Ok(image.into())
}

/// A file that the app uploaded.
pub fn own_file(view: &View<'_>, context: &Context, caller: &Caller, file_key: &str) -> Result<Download> {
    check_bot(&caller.app)?;
    tenant::check_storage(context, caller)?;
    if !file_key.starts_with("file_") {
        return Err(resource::INVALID_PARAM
            .field("file_key", file_key, "the key of a file begins with file_")
            .into());
    }
    let file = view.file(file_key)?.ok_or(resource::DELETED)?;
    if file.app != caller.app.row.id {
        return Err(resource::NOT_THE_SENDER.into());
    }
    Ok(file.into())
}

/// An image or file that stands in a message of a chat the caller is in.
pub fn in_message(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    key: &str,
    kind: &ResourceType,
) -> Result<Download> {
    let message =
        messages::find_with_children(view, caller, message_id).map_err(|failure| match failure {
            Failure::Refused(refusal) if refusal.code == message::INVISIBLE => resource::INVISIBLE.into(),
            other => other,
        })?;
    let chat = view.chat_by_row(message.chat)?.ok_or(resource::APP_NOT_IN_CHAT)?;
    if view.member(chat.id, caller.actor())?.is_none() {
        return Err(resource::APP_NOT_IN_CHAT.into());
    }
    chat::nature::check_internal(caller, &chat, resource::LACK_OF_PERMISSION)?;
    if message.state != State::Sent {
        return Err(message::DELETED.into());
    }
    if chat::Settings::of(&chat).forbids_downloads() {
        return Err(resource::RESTRICTED_MODE.into());
    }
    if message.upper_message_id.is_some() {
        return Err(resource::UNSUPPORTED_MESSAGE.into());
    }
    if !keys(&message)?.contains(&(kind.clone(), key.to_owned())) {
        return Err(resource::NOT_IN_MESSAGE.into());
    }
    tenant::check_storage(context, caller)?;
    let download = match kind {
        ResourceType::Image => view.image(key)?.map(Download::from),
        _ => view.file(key)?.map(Download::from),
    };
    download.ok_or_else(|| resource::NOT_IN_MESSAGE.into())
}

/// The keys that can be downloaded out of a message.
fn keys(message: &MessageRow) -> Result<Vec<(ResourceType, String)>> {
    let msg_type = MsgType::from(message.msg_type.as_str());
    let image = |key: &str| (ResourceType::Image, key.to_owned());
    let file = |key: &str| (ResourceType::File, key.to_owned());
    Ok(match Received::parse(&msg_type, &message.content) {
        Received::Image(content) => vec![image(content.image_key.as_str())],
        Received::File(content) => vec![file(content.file_key.as_str())],
        Received::Audio(content) => vec![file(content.file_key.as_str())],
        Received::Media(content) => {
            let cover = content.image_key.iter().map(|key| image(key.as_str()));
            std::iter::once(file(content.file_key.as_str())).chain(cover).collect()
        }
        _ if msg_type == MsgType::Post => match Content::parse(&msg_type, &message.content) {
            Ok(Content::Post(post)) => crate::content::post::resources(&post)
                .into_iter()
                .map(|key| if key.starts_with("file") { file(&key) } else { image(&key) })
                .collect(),
            _ => Vec::new(),
        },
        Received::Interactive(_) | Received::MergeForward(_) | Received::Sticker(_) => {
            return Err(resource::UNSUPPORTED_MESSAGE.into());
        }
        _ if matches!(msg_type, MsgType::Interactive | MsgType::MergeForward | MsgType::Sticker) => {
            return Err(resource::UNSUPPORTED_MESSAGE.into());
        }
        _ => Vec::new(),
    })
}

/// Whether an app may send what another, or it itself, has uploaded.
///
/// People pass on what they see, and a custom bot uploads nothing: they send what the apps of their tenant have.
pub(crate) fn is_sendable(view: &View<'_>, app: &App, uploader: i64) -> Result<bool> {
    if uploader == app.row.id || !(app.row.client || app.is_custom_bot()) {
        return Ok(uploader == app.row.id);
    }
    let uploader = view.app_by_row(uploader)?;
    Ok(uploader.is_some_and(|uploader| uploader.tenant_key == app.row.tenant_key))
}

/// Whether a key is that of a picture for a group, uploaded by the app.
pub(crate) fn is_avatar(view: &View<'_>, app: &App, image_key: &str) -> Result<bool> {
    match view.image(image_key)? {
        Some(image) => Ok(image.image_type == "avatar" && is_sendable(view, app, image.app)?),
        None => Ok(false),
    }
}

/// An image that the app may send.
pub(crate) fn check_sendable_image(view: &View<'_>, app: &App, image_key: &str) -> Result<()> {
    let image = view.image(image_key)?.filter(|image| image.image_type == "message");
    let image = image.ok_or_else(|| message::INVALID_PARAM.because("invalid image_key"))?;
    if is_sendable(view, app, image.app)? { Ok(()) } else { Err(message::NOT_RESOURCE_OWNER.into()) }
}

/// A file that the app may send as this type of message.
pub(crate) fn check_sendable_file(
    view: &View<'_>,
    app: &App,
    file_key: &str,
    msg_type: &MsgType,
) -> Result<FileRow> {
    let file = view.file(file_key)?.ok_or_else(|| message::INVALID_PARAM.because("invalid file_key"))?;
    if app.is_custom_bot() || !is_sendable(view, app, file.app)? {
        return Err(message::NOT_RESOURCE_OWNER.into());
    }
    let fits = match FileType::from(file.file_type.as_str()) {
        FileType::Opus => *msg_type == MsgType::Audio,
        FileType::Mp4 => *msg_type == MsgType::Media,
        _ => *msg_type == MsgType::File,
    };
    if fits { Ok(file) } else { Err(message::FILE_TYPE_MISMATCH.into()) }
}
