//! Forwarding: one message again, or several of them in one.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Expected, Message, Model, Reasons, code, message::UUID_LIFE};
use crate::op::{Actor, Bot, Id, To};

impl Model {
    /// Why messages may not be carried out of a chat.
    fn keeps(&self, chat: &str, from: Actor) -> Option<Reasons> {
        let chat = self.chat(chat)?;
        let mut no = Self::hides(chat, from);
        no.when(chat.dissolved, code::DISSOLVED);
        no.when(chat.no_copies, code::NO_COPIES);
        Some(no)
    }

    /// What stands in a merged forward, one level down.
    fn children(&self, upper: &str) -> Vec<Message> {
        self.messages.iter().filter(|message| message.upper.as_deref() == Some(upper)).cloned().collect()
    }

    /// All that stands in a merged forward, each message before those in it.
    pub(crate) fn below(&self, upper: &str) -> Vec<Message> {
        let mut all = Vec::new();
        for child in self.children(upper) {
            let below = self.below(&child.id);
            all.push(child);
            all.extend(below);
        }
        all
    }

    /// Whether a message stands in a forward that was recalled.
    pub(super) fn is_gone(&self, message: &Message) -> bool {
        let upper = message.upper.as_deref().and_then(|upper| self.message(upper));
        upper.is_some_and(|upper| upper.recalled || self.is_gone(upper))
    }

    /// Copies messages into a merged forward.
    fn copy(&mut self, upper: &str, messages: &[Message], number: &mut usize) -> Option<()> {
        let chat = self.message(upper)?.chat.clone();
        for message in messages {
            *number += 1;
            let id = format!("m{}.{number}", self.step);
            let below = if message.text.is_none() { self.children(&message.id) } else { Vec::new() };
            self.add_message(Message {
                id: id.clone(),
                chat: chat.clone(),
                root: None,
                parent: None,
                thread: None,
                thread_position: None,
                upper: Some(upper.to_owned()),
                position: None,
                ..message.clone()
            });
            self.copy(&id, &below, number)?;
        }
        Some(())
    }

    pub(super) fn forward(&mut self, by: Bot, message: &str, to: &To, uuid: Option<u8>) -> Expected {
        let me = Actor::Bot(by);
        let key = Self::key(&format!("forward {to:?}"), me, uuid);
        if let Some(made) = key.as_ref().and_then(|key| self.made(key)) {
            return self.told(me, &made).map(Ok);
        }
        let row = self.message(message)?.clone();
        let (place, mut no) = self.place(me, to)?;
        no = no.with(self.keeps(&row.chat, me)?);
        no.when(self.is_elsewhere(me, &row), code::MESSAGE_UNKNOWN);
        no.when(row.recalled, code::FORWARD_RECALLED);
        no.when(row.upper.is_some(), code::FORWARD_INVALID);
        if no.any() {
            return Some(Err(no));
        }
        let id = self.write(me, place, row.text.clone(), row.at)?;
        let children = self.children(&row.id);
        self.copy(&id, &children, &mut 0)?;
        self.remember(key, &id, UUID_LIFE);
        self.told(me, &id).map(Ok)
    }

    /// Why the second of two messages cannot be in one forward with others: replies come from one thread, with
    /// nothing from outside it.
    fn are_mixed(rows: &[Message]) -> bool {
        let is_reply = |row: &&Message| row.thread_position.is_some_and(|position| position > 1);
        let threads: BTreeSet<_> = rows.iter().filter(is_reply).map(|row| &row.thread).collect();
        threads.len() > 1
            || threads.first().is_some_and(|thread| rows.iter().any(|row| row.thread != **thread))
    }

    pub(super) fn merge(&mut self, by: Bot, messages: &[Id], to: &To, uuid: Option<u8>) -> Expected {
        let me = Actor::Bot(by);
        let key = Self::key(&format!("merge {to:?}"), me, uuid);
        if let Some(made) = key.as_ref().and_then(|key| self.made(key)) {
            return Some(Ok(json!({"message": self.told(me, &made)?})));
        }
        let (place, mut no) = self.place(me, to)?;
        let (mut rows, mut invalid, mut recalled) = (Vec::new(), Vec::new(), 0);
        for id in messages {
            let row = self.message(id)?;
            let seen = self.chat(&row.chat)?.has(me);
            if seen && !row.recalled && row.upper.is_none() {
                rows.push(row.clone());
            } else {
                recalled += usize::from(row.recalled && !self.is_elsewhere(me, row));
                invalid.push(format!("${id}"));
            }
        }
        match rows.first() {
            None if recalled == messages.len() => no.when(true, code::FORWARD_RECALLED),
            None => no.when(true, code::FORWARD_INVALID),
            Some(first) => {
                no.when(rows.iter().any(|row| row.chat != first.chat), code::FORWARD_OF_SEVERAL);
                no.when(Self::are_mixed(&rows), code::FORWARD_MIXED);
                no = no.with(self.keeps(&first.chat, me)?);
            }
        }
        if no.any() {
            return Some(Err(no));
        }
        // In the order they were sent.
        let order = |row: &Message| self.messages.iter().position(|other| other.id == row.id);
        rows.sort_by_cached_key(order);
        let id = self.write(me, place, None, None)?;
        self.copy(&id, &rows, &mut 0)?;
        self.remember(key, &id, UUID_LIFE);
        Some(Ok(json!({"message": self.told(me, &id)?, "invalid_message_id_list": invalid})))
    }

    pub(super) fn forward_thread(&mut self, by: Bot, thread: &str, to: &To, uuid: Option<u8>) -> Expected {
        let me = Actor::Bot(by);
        let key = Self::key(&format!("thread {to:?}"), me, uuid);
        if let Some(made) = key.as_ref().and_then(|key| self.made(key)) {
            return self.told(me, &made).map(Ok);
        }
        let root = self.thread(thread).next()?;
        let (place, mut no) = self.place(me, to)?;
        // The page has another word for it than those of messages.
        if no.0.remove(&code::MAY_NOT_SPEAK) {
            no.0.insert(code::DENIED);
        }
        no = no.with(self.keeps(&root.chat, me)?);
        no.when(self.is_elsewhere(me, root), code::FORWARD_INVALID);
        let rows: Vec<_> = self.thread(thread).filter(|row| !row.recalled).cloned().collect();
        no.when(rows.is_empty(), code::DELETED);
        if no.any() {
            return Some(Err(no));
        }
        let id = self.write(me, place, None, None)?;
        self.copy(&id, &rows, &mut 0)?;
        self.remember(key, &id, UUID_LIFE);
        self.told(me, &id).map(Ok)
    }
}
