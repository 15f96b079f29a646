//! What a handler is given: an event, and a client to act with.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use larkspur_api::{
    content::Content,
    event::Header,
    id::{ChatId, FileKey, ImageKey, MessageId, OpenId},
    im::v1::{
        file,
        image::{self, create::ImageType},
        message::{self, Message},
        message_reaction::{self, Emoji},
    },
    wire::FilePart,
};
use sha2::{Digest, Sha256};

use crate::{client::Client, error::Error, receive::Received};

/// An event, and what there is to act with. Clones are cheap and the same.
#[derive(Clone)]
pub struct Context<E> {
    /// The client of the bot.
    pub client: Client,
    /// Which event of which app and tenant, and when.
    pub header: Arc<Header>,
    /// What happened.
    pub event: Arc<E>,
    uuids: Arc<Uuids>,
    /// The bot, if it had to be known.
    pub(super) me: Option<OpenId>,
}

/// Names what is sent because of an event, always the same way.
struct Uuids {
    event: String,
    given: Mutex<HashMap<[u8; 32], u32>>,
}

impl<E> Context<E> {
    /// `known_by` is what the event is known by when it comes again.
    pub(super) fn new(client: Client, received: Received<E>, known_by: String, me: Option<OpenId>) -> Self {
        let Received { header, event } = received;
        let uuids = Uuids { event: known_by, given: Mutex::default() };
        Self { client, header: Arc::new(header), event: Arc::new(event), uuids: Arc::new(uuids), me }
    }

    /// Sends a message to a chat.
    pub async fn send_to(&self, chat_id: impl Into<ChatId>, content: &Content) -> Result<Message, Error> {
        let chat_id = chat_id.into();
        let uuid = self.uuids.next(chat_id.as_str(), content);
        let request = message::create::Request::to_chat(chat_id, content);
        self.client.send(message::create::Request { uuid: Some(uuid), ..request }).await
    }

    /// Replies to a message.
    pub async fn reply_to(
        &self,
        message_id: impl Into<MessageId>,
        content: &Content,
    ) -> Result<Message, Error> {
        let message_id = message_id.into();
        let uuid = self.uuids.next(message_id.as_str(), content);
        let request = message::reply::Request::with(message_id, content);
        self.client.send(message::reply::Request { uuid: Some(uuid), ..request }).await
    }

    /// Puts an emoji to a message, such as `THUMBSUP`: one of [`EMOJI_TYPES`](crate::content::emoji::EMOJI_TYPES).
    pub async fn react_to(&self, message_id: impl Into<MessageId>, emoji_type: &str) -> Result<(), Error> {
        let request = message_reaction::create::Request::new(message_id, Emoji::new(emoji_type));
        self.client.send(request).await.map(drop)
    }

    /// Uploads a picture to send: its bytes, or the path to it. At most 10 MB.
    pub async fn upload_image(&self, image: impl Into<FilePart>) -> Result<ImageKey, Error> {
        let request = image::create::Request::new(ImageType::Message, image);
        Ok(self.client.send(request).await?.image_key)
    }

    /// Uploads a file to send: its bytes, or the path to it. At most 30 MB.
    pub async fn upload_file(&self, file_name: &str, file: impl Into<FilePart>) -> Result<FileKey, Error> {
        let request = file::create::Request::new(file::create::FileType::Stream, file_name, file);
        Ok(self.client.send(request).await?.file_key)
    }
}

impl Uuids {
    /// The `uuid` of a message. The first of two that are the same has the same again when the event comes again, and
    /// so has the second.
    fn next(&self, target: &str, content: &Content) -> String {
        let mut hash = Sha256::new();
        for part in [&self.event, target, content.msg_type().as_str(), &content.to_wire()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let count = given.entry(hash).or_default();
        *count += 1;
        // At most 50 characters may be sent.
        let name = Sha256::new().chain_update(hash).chain_update(count.to_be_bytes()).finalize();
        hex::encode(name.get(..16).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_again_has_the_same_name_again() {
        let uuids = || Uuids { event: "e1".to_owned(), given: Mutex::default() };
        let (first, second, other) = (uuids(), uuids(), Uuids { event: "e2".to_owned(), ..uuids() });
        let (a, b) = (Content::text("a"), Content::text("b"));
        let names: Vec<_> = [&a, &b, &a].map(|content| first.next("oc_1", content)).into();
        // In another order, because two sends of a handler may overtake each other.
        assert_eq!(
            [second.next("oc_1", &b), second.next("oc_1", &a), second.next("oc_1", &a)],
            [names[1].clone(), names[0].clone(), names[2].clone()]
        );
        assert_ne!(names[0], names[2], "said twice, sent twice");
        assert_ne!(other.next("oc_1", &a), names[0]);
        assert_ne!(uuids().next("oc_2", &a), names[0]);
        assert_eq!(names[0].len(), 32);
    }
}
