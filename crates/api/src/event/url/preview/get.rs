//! `url.preview.get`

use std::collections::BTreeMap;

use crate::{
    event::callback::{Card, Context, Host, Operator},
    prelude::*,
};

/// A user sees a link that the app has registered: what shall it show?
#[event(
    event_type = "url.preview.get",
    schema = V2,
    scopes = NO_SCOPE,
    long_connection,
    doc = "/uAjLw4CM/ukzMukzMukzM/development-link-preview/pull-link-preview-data-callback-structure",
    answer = Answer,
    example = r#"{"schema":"2.0","header":{"event_id":"f7984f25108f8137722bb63cee927e66","token":"066zT6pS4QCbgj5Do145GfDbbagCHGgF","create_time":"1603977298000000","event_type":"url.preview.get","tenant_key":"2df73991750","app_id":"cli_a5fb0ae6a4"},"event":{"operator":{"tenant_key":"2df73991750","user_id":"867","open_id":"ou_3c14f3a59eaf2825dbe25359f15"},"host":"im_message","context":{"url":"https://example.com/page/1","preview_token":"e28r7df2-0000-477d-a8d0-2e1eb99796c2","open_message_id":"om_574d639e4a44e4dd646eaf628e2","open_chat_id":"oc_e4d2605ca917e695f54f11aaf56"}}}"#,
)]
pub struct Event {
    /// The user.
    pub operator: Operator,
    /// Where the user saw the link.
    pub host: Option<Host>,
    /// The link.
    pub context: Context,
}

/// What a link shows.
#[object]
pub struct Answer {
    /// What stands in place of the link, in the line.
    pub inline: Option<Inline>,
    /// A card below the message.
    pub card: Option<Card>,
}

/// What stands in place of a link.
#[object]
pub struct Inline {
    /// The text.
    pub title: Option<String>,
    /// The text by language: `zh_cn`, `en_us`, …
    pub i18n_title: Option<BTreeMap<String, String>>,
    /// The picture before it.
    pub image_key: Option<ImageKey>,
    /// Where it leads.
    pub url: Option<Url>,
}

/// Where a link leads, by client.
#[object]
pub struct Url {
    /// What is copied.
    pub copy_url: Option<String>,
    /// On iOS.
    pub ios: Option<String>,
    /// On Android.
    pub android: Option<String>,
    /// On a computer.
    pub pc: Option<String>,
    /// In a browser.
    pub web: Option<String>,
}
