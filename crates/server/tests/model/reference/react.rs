//! Reactions, pins, and what users have read.

use serde_json::{Value, json};

use super::{Expected, Message, Model, Pin, Reaction, Reasons, code};
use crate::op::{Actor, Bot, User};

/// How many messages are read at once.
const READ_AT_ONCE: usize = 1000;

impl Model {
    /// Why someone may not put an emoji below a message or take it away.
    fn keeps_plain(&self, by: Actor, message: &Message) -> Option<Reasons> {
        let chat = self.chat(&message.chat)?;
        let hidden = Self::hides(chat, by);
        let mut no = Reasons::default();
        no.when(self.is_unknown(by, message) || message.recalled, code::REACTED_UNKNOWN);
        no.when(chat.dissolved, code::DISSOLVED);
        no.when(!chat.has(by), code::REACTION_FORBIDDEN);
        no.when(hidden.0.contains(&code::NO_AVAILABILITY), code::REACTION_UNAVAILABLE);
        Some(no)
    }

    pub(super) fn reactions_of(&self, message: &str) -> &[Reaction] {
        self.reactions.get(message).map_or(&[], Vec::as_slice)
    }

    pub(super) fn show_reaction(viewer: Bot, reaction: &Reaction) -> Value {
        let operator_type = if matches!(reaction.by, Actor::Bot(_)) { "app" } else { "user" };
        json!({
            "reaction_id": format!("${}", reaction.id),
            "operator": {"operator_id": Self::actor(viewer, reaction.by), "operator_type": operator_type},
            "action_time": reaction.at.to_string(),
            "reaction_type": {"emoji_type": reaction.emoji},
        })
    }

    pub(super) fn react(&mut self, by: Actor, message: &str, emoji: &'static str) -> Expected {
        let no = self.keeps_plain(by, self.message(message)?)?;
        if no.any() {
            return Some(Err(no));
        }
        let (id, at) = (format!("r{}", self.step), self.now);
        let below = self.reactions.entry(message.to_owned()).or_default();
        // The same emoji twice is one.
        let known = below.iter().find(|known| known.by == by && known.emoji == emoji).cloned();
        let reaction = known.unwrap_or_else(|| {
            below.push(Reaction { id, message: message.to_owned(), by, emoji, at });
            below[below.len() - 1].clone()
        });
        Some(Ok(match by {
            Actor::Bot(bot) => Self::show_reaction(bot, &reaction),
            Actor::User(_) => json!({"reaction_id": format!("${}", reaction.id)}),
        }))
    }

    pub(super) fn unreact(&mut self, by: Bot, message: &str, reaction: &str) -> Expected {
        let mut no = self.keeps_plain(Actor::Bot(by), self.message(message)?)?;
        let found = self.reactions.values().flatten().find(|one| one.id == reaction).cloned()?;
        no.when(found.message != message, code::REACTION_ELSEWHERE);
        no.when(found.by != Actor::Bot(by), code::REACTION_OF_OTHERS);
        if no.any() {
            return Some(Err(no));
        }
        self.reactions.get_mut(message)?.retain(|one| one.id != reaction);
        Some(Ok(Self::show_reaction(by, &found)))
    }

    pub(super) fn unreact_as(&mut self, by: User, message: &str, emoji: &str) -> Expected {
        let mut no = self.keeps_plain(Actor::User(by), self.message(message)?)?;
        let mine = |one: &Reaction| one.by == Actor::User(by) && one.emoji == emoji;
        no.when(!self.reactions_of(message).iter().any(mine), code::REACTION_UNKNOWN);
        // A user of another tenant asks for a message that is not there.
        no.when(self.is_unknown(Actor::User(by), self.message(message)?), code::MESSAGE_UNKNOWN);
        if no.any() {
            return Some(Err(no));
        }
        self.reactions.get_mut(message)?.retain(|one| !mine(one));
        Some(Ok(json!({})))
    }

    /// Why someone may not change the pins of a chat.
    fn keeps_pins(&self, by: Actor, message: &Message) -> Option<Reasons> {
        let chat = self.chat(&message.chat)?;
        let mut no = Self::hides(chat, by);
        no.when(self.is_unknown(by, message), code::MESSAGE_UNKNOWN);
        no.when(chat.dissolved, code::DISSOLVED);
        no.when(chat.only_owner_pins && !chat.is_owner_or_manager(by), code::PIN_FORBIDDEN);
        Some(no)
    }

    pub(super) fn show_pin(viewer: Bot, pin: &Pin) -> Value {
        let id_type = if matches!(pin.by, Actor::Bot(_)) { "app_id" } else { "open_id" };
        json!({
            "message_id": format!("${}", pin.message),
            "chat_id": format!("${}", pin.chat),
            "operator_id": Self::actor(viewer, pin.by),
            "operator_id_type": id_type,
            "create_time": pin.at.to_string(),
        })
    }

    pub(super) fn pin(&mut self, by: Actor, message: &str) -> Expected {
        let row = self.message(message)?;
        let mut no = self.keeps_pins(by, row)?;
        no.when(row.recalled, code::RECALLED);
        if no.any() {
            return Some(Err(no));
        }
        if !self.pins.iter().any(|pin| pin.message == message) {
            let chat = row.chat.clone();
            self.pins.push(Pin { message: message.to_owned(), chat, by, at: self.now });
        }
        let pin = self.pins.iter().find(|pin| pin.message == message)?;
        Some(Ok(match by {
            Actor::Bot(bot) => json!({"pin": Self::show_pin(bot, pin)}),
            Actor::User(_) => json!({}),
        }))
    }

    pub(super) fn unpin(&mut self, by: Actor, message: &str) -> Expected {
        let no = self.keeps_pins(by, self.message(message)?)?;
        if no.any() {
            return Some(Err(no));
        }
        self.pins.retain(|pin| pin.message != message);
        Some(Ok(json!({})))
    }

    /// A user opens a chat and has read what others wrote there, but for the replies in threads.
    pub(super) fn read(&mut self, by: User, chat: &str) -> Expected {
        let row = self.chat(chat)?;
        let mut no = Self::hides(row, Actor::User(by));
        no.when(row.tenant != crate::facts::tenant_of_user(by), code::OTHER_TENANT);
        if no.any() {
            return Some(Err(no));
        }
        let shown: Vec<_> = self.in_chat(chat).collect();
        let newest = shown.iter().rev().take(READ_AT_ONCE).rev();
        let unread = newest.filter(|message| {
            let was_read = self.reads.get(&message.id).is_some_and(|reads| reads.contains_key(by));
            !was_read && !message.recalled && message.sender != Actor::User(by)
        });
        let ids: Vec<String> = unread.map(|message| message.id.clone()).collect();
        for id in &ids {
            self.reads.entry(id.clone()).or_default().insert(by, self.now);
        }
        let ids: Vec<_> = ids.into_iter().map(|id| format!("${id}")).collect();
        Some(Ok(json!({"message_id_list": ids})))
    }
}
