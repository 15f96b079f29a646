//! `im.v1.message`: sending, replying, reading, editing and recalling messages.

pub mod create;
pub mod delete;
pub mod forward;
pub mod get;
pub mod list;
pub mod merge_forward;
pub mod mget;
pub mod patch;
pub mod push_follow_up;
pub mod read_status;
pub mod read_users;
pub mod reply;
pub mod search;
pub mod update;
pub mod urgent_app;
pub mod urgent_phone;
pub mod urgent_sms;

use crate::{content::Received, prelude::*};

/// A message.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/intro`.
#[object]
pub struct Message {
    /// The message.
    pub message_id: MessageId,
    /// The first message of the tree of replies this one stands in.
    pub root_id: Option<MessageId>,
    /// The message this one replies to. In a thread it is the root.
    pub parent_id: Option<MessageId>,
    /// The thread it stands in.
    pub thread_id: Option<ThreadId>,
    /// What kind of content it has.
    pub msg_type: MsgType,
    /// When it was sent, in ms.
    pub create_time: Millis,
    /// When it was last edited, or sent, in ms.
    pub update_time: Millis,
    /// Whether it was recalled or deleted.
    pub deleted: bool,
    /// Whether it was edited.
    pub updated: bool,
    /// The chat it stands in.
    pub chat_id: Option<ChatId>,
    /// Who sent it.
    pub sender: Option<Sender>,
    /// What it says.
    pub body: Option<MessageBody>,
    /// Whom it mentions, in the order of the keys.
    pub mentions: Option<Vec<Mention>>,
    /// In a merged forward, the message one level up.
    pub upper_message_id: Option<MessageId>,
    /// A link that opens the message in the client.
    pub message_app_link: Option<String>,
    /// Its place in the chat, counted from 1.
    pub message_position: Option<i64>,
    /// Its place in its thread, counted from 1.
    pub thread_message_position: Option<i64>,
}

impl Message {
    /// The content as its type; content of an unknown kind, or none, as it came.
    pub fn content(&self) -> Received {
        let content = self.body.as_ref().map_or("", |body| &body.content);
        Received::parse(&self.msg_type, content)
    }
}

/// Who sent a message.
#[object]
pub struct Sender {
    /// Who: an `open_id`, or the kind of id the request asked for, or an `app_id`.
    pub id: String,
    /// Which kind of id that is.
    pub id_type: String,
    /// A person or an app.
    pub sender_type: SenderType,
    /// The sender's tenant.
    pub tenant_key: Option<String>,
    /// The sender's name, if the request asked for it.
    pub sender_name: Option<String>,
    /// The `open_id` of a bot.
    pub open_bot_id: Option<OpenId>,
    /// The sender's name by language, if the request asked for it.
    pub sender_i18n_names: Option<I18nNames>,
}

/// What kind of sender.
#[open_enum]
pub enum SenderType {
    /// A person.
    User = "user",
    /// A bot.
    App = "app",
    /// Hidden. Not given at present.
    Anonymous = "anonymous",
    /// Not known. Not given at present.
    Unknown = "unknown",
}

/// What a message says.
#[object]
pub struct MessageBody {
    /// The content: JSON in a string. [`Message::content`] reads it.
    pub content: String,
}

/// Someone mentioned in a message.
#[object]
pub struct Mention {
    /// How the content refers to them: `@_user_1`.
    pub key: String,
    /// Who.
    pub id: String,
    /// Which kind of id that is.
    pub id_type: String,
    /// Their name.
    pub name: String,
    /// Their tenant.
    pub tenant_key: Option<String>,
}

/// A name in several languages.
#[object]
pub struct I18nNames {
    /// Chinese.
    pub zh_cn: Option<String>,
    /// English.
    pub en_us: Option<String>,
    /// Japanese.
    pub ja_jp: Option<String>,
}

/// What kind of content a message has.
#[open_enum]
pub enum MsgType {
    /// Plain text.
    Text = "text",
    /// Rich text.
    Post = "post",
    /// A picture.
    Image = "image",
    /// A file.
    File = "file",
    /// A voice recording.
    Audio = "audio",
    /// A video.
    Media = "media",
    /// A sticker.
    Sticker = "sticker",
    /// A card.
    Interactive = "interactive",
    /// The card of a group.
    ShareChat = "share_chat",
    /// The card of a person.
    ShareUser = "share_user",
    /// A notice of the system.
    System = "system",
    /// A folder. Received only.
    Folder = "folder",
    /// A place. Received only.
    Location = "location",
    /// A video call. Received only.
    VideoChat = "video_chat",
    /// A task. Received only.
    Todo = "todo",
    /// A poll. Received only.
    Vote = "vote",
    /// Several messages forwarded as one. Received only.
    MergeForward = "merge_forward",
    /// A red packet. Received only.
    Hongbao = "hongbao",
    /// A shared calendar event. Received only.
    ShareCalendarEvent = "share_calendar_event",
    /// An invitation to a calendar event. Received only.
    Calendar = "calendar",
    /// A calendar event handed over. Received only.
    GeneralCalendar = "general_calendar",
}

/// How `receive_id` is to be read.
#[open_enum]
pub enum ReceiveIdType {
    /// The user within this app.
    OpenId = "open_id",
    /// The user across the apps of this app's developer.
    UnionId = "union_id",
    /// The user within its tenant.
    #[scope("contact:user.employee_id:readonly")]
    UserId = "user_id",
    /// The user's real e-mail address.
    Email = "email",
    /// A chat, group or one-to-one.
    ChatId = "chat_id",
}

/// Who could not be urged to read a message.
#[object]
pub struct Urged {
    /// The ids of nobody, or of users who are not in the chat.
    pub invalid_user_id_list: Vec<String>,
}

/// How `receive_id` is to be read where messages are forwarded.
#[open_enum]
pub enum ForwardIdType {
    /// The user within this app.
    OpenId = "open_id",
    /// The user across the apps of this app's developer.
    UnionId = "union_id",
    /// The user within its tenant.
    #[scope("contact:user.employee_id:readonly")]
    UserId = "user_id",
    /// The user's real e-mail address.
    Email = "email",
    /// A chat, group or one-to-one.
    ChatId = "chat_id",
    /// A thread.
    ThreadId = "thread_id",
}

/// In which form cards are given back.
#[open_enum]
pub enum CardMsgContentType {
    /// The JSON that was sent.
    UserCardContent = "user_card_content",
    /// The JSON that was sent. The official command line asks so.
    RawCardContent = "raw_card_content",
}
