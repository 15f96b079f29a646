//! What people send and bots only receive

use larkspur_api_macros::object;
use serde::{Deserialize, Serialize};

use super::PostBody;
use crate::time::Millis;

/// `location`: a place.
#[object]
pub struct Location {
    /// Its name.
    pub name: String,
    /// Its longitude, in degrees.
    pub longitude: String,
    /// Its latitude, in degrees.
    pub latitude: String,
}

/// `video_chat`: a video call.
#[object]
pub struct VideoChat {
    /// What it is about.
    pub topic: String,
    /// When it began, in ms.
    pub start_time: Millis,
}

/// `todo`: a task.
#[object]
pub struct Todo {
    /// The task.
    pub task_id: String,
    /// What is to be done.
    pub summary: PostBody,
    /// Until when, in ms.
    pub due_time: Millis,
}

/// `vote`: a poll.
#[object]
pub struct Vote {
    /// What it asks.
    pub topic: String,
    /// The answers to choose from.
    pub options: Vec<String>,
}

/// `hongbao`: a red packet.
#[object]
pub struct Hongbao {
    /// `[红包]`.
    pub text: String,
}

/// `share_calendar_event`, `calendar` and `general_calendar`: an event in a calendar.
#[object]
pub struct CalendarEvent {
    /// What it is about.
    pub summary: String,
    /// When it begins, in ms.
    pub start_time: Millis,
    /// When it ends, in ms.
    pub end_time: Millis,
}

/// `merge_forward`: several messages forwarded as one. `im.v1.message.get` gives the messages.
///
/// Its content is a fixed text, and stands on the wire without JSON around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeForward {
    /// `Merged and Forwarded Message`.
    pub text: String,
}

impl MergeForward {
    /// The text that stands for every merged forward.
    pub const TEXT: &str = "Merged and Forwarded Message";

    pub(super) fn parse(content: &str) -> Option<Self> {
        Some(Self { text: content.to_owned() })
    }
}
