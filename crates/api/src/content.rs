//! What messages say: one module per `msg_type`, for sending and for receiving.
//!
//! On the wire content is JSON inside a string. [`Content`] is what can be sent, and reading it is
//! strict; [`Received`] is what can be read back, and anything unknown is kept as it came.
//!
//! Sources: `/uAjLw4CM/ukTMukTMukTM/im-v1/message/create_json` (sending) and
//! `/uAjLw4CM/ukTMukTMukTM/im-v1/message/events/message_content` (receiving).

pub mod card;
pub mod emoji;
pub mod media;
pub mod notice;
pub mod post;
pub mod share;
pub mod system;
pub mod text;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub use self::{
    card::{Card, ReceivedCard},
    media::{Audio, File, Folder, Image, Media, Sticker},
    notice::{CalendarEvent, Hongbao, Location, MergeForward, Todo, VideoChat, Vote},
    post::{Post, PostBody},
    share::{ShareChat, ShareUser},
    system::{ReceivedSystem, System},
    text::Text,
};
use crate::{
    id::{ChatId, FileKey, ImageKey, OpenId},
    im::v1::message::MsgType,
};

/// The most bytes the content of a text may have: 150 KB.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create`.
pub const MAX_TEXT_BYTES: usize = 150 * 1024;

/// The most bytes the content of a post or a card may have: 30 KB.
pub const MAX_RICH_BYTES: usize = 30 * 1024;

/// Content that can be sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `text`
    Text(Text),
    /// `post`
    Post(Post),
    /// `image`
    Image(Image),
    /// `file`
    File(File),
    /// `audio`
    Audio(Audio),
    /// `media`
    Media(Media),
    /// `sticker`
    Sticker(Sticker),
    /// `interactive`
    Interactive(Card),
    /// `share_chat`
    ShareChat(ShareChat),
    /// `share_user`
    ShareUser(ShareUser),
    /// `system`
    System(System),
}

/// Why content cannot be sent, in the words that stand behind `ext=` in `230001`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ContentError(pub String);

impl ContentError {
    fn format_of(msg_type: &MsgType) -> Self {
        Self(format!("content format of the {msg_type} type is incorrect"))
    }
}

impl Content {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Text::new(text))
    }

    /// Rich text in one language.
    pub fn post(body: PostBody) -> Self {
        Self::Post(Post::new("zh_cn", body))
    }

    /// Rich text written in Markdown.
    pub fn markdown(markdown: impl Into<String>) -> Self {
        Self::post(PostBody::markdown(markdown))
    }

    /// An uploaded picture.
    pub fn image(image_key: impl Into<ImageKey>) -> Self {
        Self::Image(Image { image_key: image_key.into(), ..Image::default() })
    }

    /// An uploaded file.
    pub fn file(file_key: impl Into<FileKey>) -> Self {
        Self::File(File { file_key: file_key.into(), ..File::default() })
    }

    /// An uploaded Opus recording.
    pub fn audio(file_key: impl Into<FileKey>) -> Self {
        Self::Audio(Audio { file_key: file_key.into(), ..Audio::default() })
    }

    /// An uploaded MP4 video, with a picture to show before it plays.
    pub fn media(file_key: impl Into<FileKey>, image_key: Option<ImageKey>) -> Self {
        Self::Media(Media { file_key: file_key.into(), image_key, ..Media::default() })
    }

    /// A card.
    pub fn card(card: Value) -> Self {
        Self::Interactive(Card(card))
    }

    /// The card of a group.
    pub fn share_chat(chat_id: impl Into<ChatId>) -> Self {
        Self::ShareChat(ShareChat { chat_id: chat_id.into(), ..ShareChat::default() })
    }

    /// The card of a person.
    pub fn share_user(user_id: impl Into<OpenId>) -> Self {
        Self::ShareUser(ShareUser { user_id: user_id.into(), ..ShareUser::default() })
    }

    /// The `msg_type` that goes with it.
    pub fn msg_type(&self) -> MsgType {
        match self {
            Self::Text(_) => MsgType::Text,
            Self::Post(_) => MsgType::Post,
            Self::Image(_) => MsgType::Image,
            Self::File(_) => MsgType::File,
            Self::Audio(_) => MsgType::Audio,
            Self::Media(_) => MsgType::Media,
            Self::Sticker(_) => MsgType::Sticker,
            Self::Interactive(_) => MsgType::Interactive,
            Self::ShareChat(_) => MsgType::ShareChat,
            Self::ShareUser(_) => MsgType::ShareUser,
            Self::System(_) => MsgType::System,
        }
    }

    /// The string the wire wants.
    pub fn to_wire(&self) -> String {
        match self {
            Self::Text(content) => write(content),
            Self::Post(content) => write(content),
            Self::Image(content) => write(content),
            Self::File(content) => write(content),
            Self::Audio(content) => write(content),
            Self::Media(content) => write(content),
            Self::Sticker(content) => write(content),
            Self::Interactive(content) => write(content),
            Self::ShareChat(content) => write(content),
            Self::ShareUser(content) => write(content),
            Self::System(content) => write(content),
        }
    }

    /// Reads what is to be sent, as strictly as the platform does.
    pub fn parse(msg_type: &MsgType, content: &str) -> Result<Self, ContentError> {
        let value: Value = serde_json::from_str(content)
            .map_err(|_| ContentError("content is not a string in json format".to_owned()))?;
        let format = || ContentError::format_of(msg_type);
        if let MsgType::Interactive = msg_type {
            return Ok(Self::Interactive(Card(value)));
        }
        if !value.is_object() {
            return Err(format());
        }
        Ok(match msg_type {
            MsgType::Text => Self::Text(Text::parse(&value).ok_or_else(format)?),
            MsgType::Post => Self::Post(Post::parse(&value)?),
            MsgType::Image => Self::Image(read(value, "image_key").ok_or_else(format)?),
            MsgType::File => Self::File(read(value, "file_key").ok_or_else(format)?),
            MsgType::Audio => Self::Audio(read(value, "file_key").ok_or_else(format)?),
            MsgType::Media => Self::Media(read(value, "file_key").ok_or_else(format)?),
            MsgType::Sticker => Self::Sticker(read(value, "file_key").ok_or_else(format)?),
            MsgType::ShareChat => Self::ShareChat(read(value, "chat_id").ok_or_else(format)?),
            MsgType::ShareUser => Self::ShareUser(read(value, "user_id").ok_or_else(format)?),
            MsgType::System => Self::System(System::parse(value)?),
            _ => return Err(ContentError("invalid msg_type".to_owned())),
        })
    }

    /// The most bytes content of this type may have, where there is a limit.
    pub fn max_bytes(msg_type: &MsgType) -> Option<usize> {
        match msg_type {
            MsgType::Text => Some(MAX_TEXT_BYTES),
            MsgType::Post | MsgType::Interactive => Some(MAX_RICH_BYTES),
            _ => None,
        }
    }
}

fn write(content: &impl Serialize) -> String {
    // Structs of strings and numbers always serialise.
    serde_json::to_string(content).unwrap_or_default()
}

/// An object whose one required field is a non-empty string.
fn read<T: DeserializeOwned>(value: Value, required: &str) -> Option<T> {
    value.get(required).and_then(Value::as_str).filter(|text| !text.is_empty())?;
    serde_json::from_value(value).ok()
}

/// Content as it is read back.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// `text`: mentions stand as `@_user_1`, styles are gone.
    Text(Text),
    /// `post`: one language, Markdown turned into other tags.
    Post(PostBody),
    /// `image`
    Image(Image),
    /// `file`
    File(File),
    /// `folder`
    Folder(Folder),
    /// `audio`
    Audio(Audio),
    /// `media`
    Media(Media),
    /// `sticker`
    Sticker(Sticker),
    /// `interactive`, in the simplified form.
    Interactive(ReceivedCard),
    /// `share_chat`
    ShareChat(ShareChat),
    /// `share_user`
    ShareUser(ShareUser),
    /// `system`
    System(ReceivedSystem),
    /// `location`
    Location(Location),
    /// `video_chat`
    VideoChat(VideoChat),
    /// `todo`
    Todo(Todo),
    /// `vote`
    Vote(Vote),
    /// `merge_forward`
    MergeForward(MergeForward),
    /// `hongbao`
    Hongbao(Hongbao),
    /// `share_calendar_event`
    ShareCalendarEvent(CalendarEvent),
    /// `calendar`
    Calendar(CalendarEvent),
    /// `general_calendar`
    GeneralCalendar(CalendarEvent),
    /// A type this version does not know, or content that is not of its type, such as the notice
    /// that stands in a recalled message.
    Other {
        /// The type.
        msg_type: MsgType,
        /// The content as it came.
        content: String,
    },
}

impl Received {
    /// Reads what came back. Never fails: what cannot be read is kept.
    pub fn parse(msg_type: &MsgType, content: &str) -> Self {
        Self::parse_known(msg_type, content)
            .unwrap_or_else(|| Self::Other { msg_type: msg_type.clone(), content: content.to_owned() })
    }

    /// The words of a text message.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(&text.text),
            _ => None,
        }
    }

    fn parse_known(msg_type: &MsgType, content: &str) -> Option<Self> {
        fn read<T: DeserializeOwned>(content: &str) -> Option<T> {
            serde_json::from_str(content).ok()
        }
        Some(match msg_type {
            MsgType::Text => Self::Text(read(content)?),
            MsgType::Post => Self::Post(read(content)?),
            MsgType::Image => Self::Image(read(content)?),
            MsgType::File => Self::File(read(content)?),
            MsgType::Folder => Self::Folder(read(content)?),
            MsgType::Audio => Self::Audio(read(content)?),
            MsgType::Media => Self::Media(read(content)?),
            MsgType::Sticker => Self::Sticker(read(content)?),
            MsgType::Interactive => Self::Interactive(read(content)?),
            MsgType::ShareChat => Self::ShareChat(read(content)?),
            MsgType::ShareUser => Self::ShareUser(read(content)?),
            MsgType::System => Self::System(read(content)?),
            MsgType::Location => Self::Location(read(content)?),
            MsgType::VideoChat => Self::VideoChat(read(content)?),
            MsgType::Todo => Self::Todo(read(content)?),
            MsgType::Vote => Self::Vote(read(content)?),
            MsgType::MergeForward => Self::MergeForward(MergeForward::parse(content)?),
            MsgType::Hongbao => Self::Hongbao(read(content)?),
            MsgType::ShareCalendarEvent => Self::ShareCalendarEvent(read(content)?),
            MsgType::Calendar => Self::Calendar(read(content)?),
            MsgType::GeneralCalendar => Self::GeneralCalendar(read(content)?),
            MsgType::Other(_) => return None,
        })
    }

    /// The string that stands on the wire.
    pub fn to_wire(&self) -> String {
        match self {
            Self::Text(content) => write(content),
            Self::Post(content) => write(content),
            Self::Image(content) => write(content),
            Self::File(content) => write(content),
            Self::Folder(content) => write(content),
            Self::Audio(content) => write(content),
            Self::Media(content) => write(content),
            Self::Sticker(content) => write(content),
            Self::Interactive(content) => write(content),
            Self::ShareChat(content) => write(content),
            Self::ShareUser(content) => write(content),
            Self::System(content) => write(content),
            Self::Location(content) => write(content),
            Self::VideoChat(content) => write(content),
            Self::Todo(content) => write(content),
            Self::Vote(content) => write(content),
            Self::MergeForward(content) => content.text.clone(),
            Self::Hongbao(content) => write(content),
            Self::ShareCalendarEvent(content) | Self::Calendar(content) | Self::GeneralCalendar(content) => {
                write(content)
            }
            Self::Other { content, .. } => content.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn refusal(msg_type: &str, content: &str) -> String {
        Content::parse(&MsgType::from(msg_type), content).expect_err("refused").0
    }

    #[test]
    fn refusals_name_the_cause_in_the_documented_words() {
        assert_eq!(refusal("text", "hello"), "content is not a string in json format");
        assert_eq!(refusal("text", r#"{"txt":"hello"}"#), "content format of the text type is incorrect");
        assert_eq!(refusal("image", r#"{"image_key":""}"#), "content format of the image type is incorrect");
        assert_eq!(refusal("file", "[]"), "content format of the file type is incorrect");
        assert_eq!(refusal("vote", r#"{"topic":"x"}"#), "invalid msg_type");
    }

    #[test]
    fn every_sendable_content_reads_back_as_itself() {
        let contents = [
            Content::text("hi <at user_id=\"ou_1\">Tom</at>"),
            Content::markdown("**bold**"),
            Content::image("img_v3_1"),
            Content::file("file_v3_1"),
            Content::audio("file_v3_1"),
            Content::media("file_v3_1", Some("img_v3_1".into())),
            Content::Sticker(Sticker { file_key: "file_v3_1".into(), ..Sticker::default() }),
            Content::card(json!({"schema": "2.0", "body": {"elements": []}})),
            Content::share_chat("oc_1"),
            Content::share_user("ou_1"),
            Content::System(System::divider("new")),
        ];
        for content in contents {
            assert_eq!(Content::parse(&content.msg_type(), &content.to_wire()), Ok(content));
        }
    }

    #[test]
    fn content_of_an_unknown_type_is_kept() {
        let received = Received::parse(&MsgType::from("hologram"), r#"{"x":1}"#);
        assert_eq!(received.to_wire(), r#"{"x":1}"#);
        let recalled = Received::parse(&MsgType::Text, "This message was recalled");
        assert_eq!(recalled.to_wire(), "This message was recalled");
    }

    proptest! {
        #[test]
        fn no_content_panics(msg_type in "[a-z_]{0,12}|text|post|system|interactive|media", content in ".{0,400}") {
            let msg_type = MsgType::from(msg_type.as_str());
            if let Ok(parsed) = Content::parse(&msg_type, &content) {
                prop_assert_eq!(Content::parse(&parsed.msg_type(), &parsed.to_wire()), Ok(parsed));
            }
            let received = Received::parse(&msg_type, &content);
            let again = Received::parse(&msg_type, &received.to_wire());
            prop_assert_eq!(again, received);
        }

        #[test]
        fn any_text_survives(text in any::<String>()) {
            let content = Content::text(text);
            prop_assert_eq!(Content::parse(&MsgType::Text, &content.to_wire()), Ok(content));
        }
    }
}
