//! `im.v1.chat_tab`: the tabs at the top of a chat.

pub mod create;
pub mod delete_tabs;
pub mod list_tabs;
pub mod sort_tabs;
pub mod update_tabs;

use crate::prelude::*;

/// The most tabs a chat has, those that every chat has not counted.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-tab/create`.
pub const MAX_TABS: usize = 20;

/// The most characters in the name of a tab.
pub const MAX_TAB_NAME: usize = 60;

/// The tabs of a chat, from left to right.
#[object]
pub struct ChatTabs {
    /// All of them.
    pub chat_tabs: Vec<ChatTab>,
}

/// A tab.
#[object]
pub struct ChatTab {
    /// The tab. Not given to make one.
    pub tab_id: Option<String>,
    /// The name, up to 60 characters.
    pub tab_name: Option<String>,
    /// What it shows. Only `doc` and `url` can be made and changed.
    pub tab_type: TabType,
    /// Where that is.
    pub tab_content: Option<ChatTabContent>,
    /// How it looks, for the type `url`.
    pub tab_config: Option<ChatTabConfig>,
}

/// Where a tab leads.
#[object]
pub struct ChatTabContent {
    /// The page, for the type `url`.
    pub url: Option<String>,
    /// The document, for the type `doc`.
    pub doc: Option<String>,
    /// The minutes, for the type `meeting_minute`.
    pub meeting_minute: Option<String>,
    /// The tasks, for the type `task`.
    pub task: Option<String>,
}

/// How a tab looks.
#[object]
pub struct ChatTabConfig {
    /// The icon: a key uploaded with `image_type=message`.
    pub icon_key: Option<String>,
    /// Whether it opens inside the client.
    pub is_built_in: Option<bool>,
}

/// What a tab shows.
#[open_enum]
pub enum TabType {
    /// The messages.
    Message = "message",
    /// Documents of the chat.
    DocList = "doc_list",
    /// A document.
    Doc = "doc",
    /// Pinned messages.
    Pin = "pin",
    /// Minutes of meetings.
    MeetingMinute = "meeting_minute",
    /// The announcement.
    ChatAnnouncement = "chat_announcement",
    /// A page.
    Url = "url",
    /// Files.
    File = "file",
    /// Files and links.
    FilesResources = "files_resources",
    /// Pictures and videos.
    ImagesVideos = "images_videos",
    /// Tasks.
    Task = "task",
}
