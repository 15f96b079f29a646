//! Messages that came, and answers to them.

use std::fmt::Write;

use larkspur_api::{
    content::{Content, Received, post::Node},
    event::im::message::receive_v1::{self, Mention},
    id::{ChatId, MessageId, OpenId},
    im::v1::{
        message::Message,
        message_resource::{self, get::ResourceType},
    },
    wire::FilePart,
};

use super::{Context, StreamCard};
use crate::{download::Download, error::Error};

/// A message that came.
pub type MessageContext = Context<receive_v1::Event>;

/// A picture or file in a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The `image_key` or `file_key`.
    pub key: String,
    /// Which of the two that is.
    pub resource_type: ResourceType,
    /// The name of a file.
    pub file_name: Option<String>,
}

impl Context<receive_v1::Event> {
    /// The message.
    pub fn message_id(&self) -> &MessageId {
        &self.event.message.message_id
    }

    /// The chat it stands in.
    pub fn chat_id(&self) -> &ChatId {
        &self.event.message.chat_id
    }

    /// Who sent it; nobody, if the platform does not say.
    pub fn sender(&self) -> Option<&OpenId> {
        self.event.sender.sender_id.as_ref().map(|ids| &ids.open_id)
    }

    /// The words of a text or a post; of other messages, none.
    ///
    /// Mentions stand as `@` and the name. Those of the bot that it begins with are left out: they say to whom it is
    /// said, not what.
    pub fn text(&self) -> String {
        let words = words(&self.event.content());
        let mut mentions: Vec<_> = self.event.message.mentions.iter().flatten().collect();
        // `@_user_1` is the beginning of `@_user_10`.
        mentions.sort_by_key(|mention| std::cmp::Reverse(mention.key.len()));
        mentions.retain(|mention| !mention.key.is_empty());
        let mut text = words.trim();
        while let Some(mention) = mentions.iter().find(|mention| text.starts_with(&mention.key))
            && self.me.as_ref() == Some(&mention.id.open_id)
        {
            text = text.get(mention.key.len()..).unwrap_or_default().trim_start();
        }
        let named =
            |text: String, mention: &&Mention| text.replace(&mention.key, &format!("@{}", mention.name));
        mentions.iter().fold(text.to_owned(), named)
    }

    /// What stands behind a command: of `/say hello there` it is `hello there`.
    pub fn arguments(&self) -> String {
        let text = self.text();
        text.split_once(char::is_whitespace).map(|(_, rest)| rest.trim().to_owned()).unwrap_or_default()
    }

    /// Whether it mentions the bot.
    pub fn mentions_me(&self) -> bool {
        let mut mentions = self.event.message.mentions.iter().flatten();
        self.me.as_ref().is_some_and(|me| mentions.any(|mention| mention.id.open_id == *me))
    }

    /// The pictures and files in it.
    pub fn resources(&self) -> Vec<Resource> {
        let image =
            |key: &str| Resource { key: key.to_owned(), resource_type: ResourceType::Image, file_name: None };
        let file = |key: &str, name: &Option<String>| Resource {
            key: key.to_owned(),
            resource_type: ResourceType::File,
            file_name: name.clone(),
        };
        match self.event.content() {
            Received::Image(content) => vec![image(content.image_key.as_str())],
            Received::File(content) => vec![file(content.file_key.as_str(), &content.file_name)],
            Received::Audio(content) => vec![file(content.file_key.as_str(), &None)],
            Received::Media(content) => vec![file(content.file_key.as_str(), &content.file_name)],
            Received::Post(post) => {
                let nodes = post.content.iter().flatten();
                nodes
                    .filter_map(|node| match node {
                        Node::Img(node) => Some(image(node.image_key.as_str())),
                        Node::Media(node) => Some(file(node.file_key.as_str(), &None)),
                        _ => None,
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Downloads one of its [`resources`](Self::resources).
    pub async fn download(&self, resource: &Resource) -> Result<Download, Error> {
        let Resource { key, resource_type, .. } = resource;
        let request = message_resource::get::Request::new(
            self.message_id().clone(),
            key.as_str(),
            resource_type.clone(),
        );
        self.client.download(request).await
    }

    /// Replies. If the message stands in a thread, so does the reply.
    pub async fn reply(&self, content: &Content) -> Result<Message, Error> {
        self.reply_to(self.message_id(), content).await
    }

    /// Replies with a text.
    pub async fn reply_text(&self, text: impl Into<String>) -> Result<Message, Error> {
        self.reply(&Content::text(text)).await
    }

    /// Uploads a picture, its bytes or the path to it, and replies with it.
    pub async fn reply_image(&self, image: impl Into<FilePart>) -> Result<Message, Error> {
        let image_key = self.upload_image(image).await?;
        self.reply(&Content::image(image_key)).await
    }

    /// Puts an emoji to it, such as `THUMBSUP`: a sign that it was read.
    pub async fn react(&self, emoji_type: &str) -> Result<(), Error> {
        self.react_to(self.message_id(), emoji_type).await
    }

    /// Sends a message to the same chat.
    pub async fn send(&self, content: &Content) -> Result<Message, Error> {
        self.send_to(self.chat_id(), content).await
    }

    /// Replies with a card that grows while its text is being written.
    pub async fn stream_card(&self) -> Result<StreamCard, Error> {
        StreamCard::reply(self.clone()).await
    }
}

fn words(content: &Received) -> String {
    match content {
        Received::Text(text) => text.text.clone(),
        Received::Post(post) => {
            let mut text = post.title.clone().unwrap_or_default();
            for paragraph in &post.content {
                if !text.is_empty() {
                    text.push('\n');
                }
                for node in paragraph {
                    match node {
                        Node::Text(node) => text.push_str(&node.text),
                        Node::A(node) => text.push_str(&node.text),
                        Node::At(node) => text.push_str(&node.user_id),
                        Node::CodeBlock(node) => text.push_str(&node.text),
                        Node::Md(node) => text.push_str(&node.text),
                        Node::Emotion(node) => {
                            let _ = write!(text, "[{}]", node.emoji_type);
                        }
                        _ => {}
                    }
                }
            }
            text
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::Client;

    fn said(content: serde_json::Value, msg_type: &str) -> MessageContext {
        let mention = |key: &str, open_id: &str, name: &str| json!({"key": key, "id": {"open_id": open_id}, "name": name});
        let event = json!({
            "sender": {"sender_type": "user", "tenant_key": "t"},
            "message": {
                "message_id": "om_1", "create_time": "1", "chat_id": "oc_1", "chat_type": "group",
                "message_type": msg_type, "content": content.to_string(),
                "mentions": [mention("@_user_1", "ou_bot", "Bot"), mention("@_user_10", "ou_ada", "Ada")],
            },
        });
        let event = serde_json::from_value(event).expect("an event");
        let received = crate::receive::Received { header: Default::default(), event };
        let client = Client::with_token("t").build().expect("builds");
        Context::new(client, received, String::new(), Some("ou_bot".into()))
    }

    #[test]
    fn what_is_said_is_told_from_to_whom() {
        let text = |text: &str| said(json!({"text": text}), "text");
        assert_eq!(text("@_user_1 /say  hi @_user_10").text(), "/say  hi @Ada");
        assert_eq!(text("@_user_1 /say  hi @_user_10").arguments(), "hi @Ada");
        assert_eq!(text("@_user_10 @_user_1 hi").text(), "@Ada @Bot hi");
        assert_eq!(text("@_user_1@_user_1").text(), "");
        assert_eq!(text("/help").arguments(), "");
        let post = json!({"title": "T", "content": [[{"tag": "at", "user_id": "@_user_1"}, {"tag": "text", "text": " hi"}]]});
        assert_eq!(said(post, "post").text(), "T\n@Bot hi");
        assert_eq!(said(json!({"image_key": "img_1"}), "image").text(), "");
    }

    #[test]
    fn resources_are_found_wherever_they_are() {
        let keys = |content, msg_type: &str| {
            said(content, msg_type).resources().into_iter().map(|resource| resource.key).collect::<Vec<_>>()
        };
        assert_eq!(keys(json!({"image_key": "img_1"}), "image"), ["img_1"]);
        assert_eq!(keys(json!({"file_key": "file_1", "file_name": "a"}), "file"), ["file_1"]);
        let post = json!({"content": [[{"tag": "img", "image_key": "img_2"}], [{"tag": "media", "file_key": "file_2"}]]});
        assert_eq!(keys(post, "post"), ["img_2", "file_2"]);
        assert!(keys(json!({"text": "hi"}), "text").is_empty());
    }
}
