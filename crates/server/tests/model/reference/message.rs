//! Sending, replying, editing and recalling.

use serde_json::{Value, json};

use super::{Chat, Expected, Message, Model, Reasons, code};
use crate::{
    facts,
    op::{Actor, Bot, Id, Text, To, User},
};

/// How long the `uuid` of a message counts: an hour.
pub(super) const UUID_LIFE: i64 = 60 * 60 * 1000;

const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

const MAX_EDITS: i64 = 20;

/// Where a message is to stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The chat. If it is not there yet it is made: it is that of a bot and a user.
    pub(super) chat: Id,
    pub(super) root: Option<Id>,
    pub(super) parent: Option<Id>,
    pub(super) thread: Option<Id>,
    pub(super) thread_position: Option<i64>,
}

impl Text {
    /// The text as readers get it: keys in the place of ids.
    fn shown(&self) -> String {
        let all = if self.at_all { "@_all " } else { "" };
        let one = if self.at.is_some() { "@_user_1 " } else { "" };
        format!("{all}{one}{}", self.words)
    }
}

/// The name of the chat of a bot and a user.
pub(crate) fn p2p_id(bot: Bot, user: User) -> Id {
    format!("{bot}+{user}")
}

impl Model {
    /// Why someone may not see a chat: they are outside, or the other side of it is out of reach.
    pub(super) fn hides(chat: &Chat, from: Actor) -> Reasons {
        let mut no = Reasons::default();
        no.when(!chat.has(from), code::OUTSIDE);
        if let Some((_, user)) = chat.p2p {
            let sees = !matches!(from, Actor::Bot(bot) if !facts::sees(bot, user));
            no.when(facts::has_resigned(user) || !sees, code::NO_AVAILABILITY);
        }
        no
    }

    /// Why someone may not write to a chat.
    pub(super) fn silences(chat: &Chat, who: Actor) -> Reasons {
        let mut no = Self::hides(chat, who);
        no.when(chat.dissolved, code::DISSOLVED);
        no.when(chat.has(who) && !chat.may_speak(who), code::MAY_NOT_SPEAK);
        no
    }

    /// Where something goes, and why it may not. `None` if what is named is not there.
    pub(super) fn place(&self, by: Actor, to: &To) -> Option<(Place, Reasons)> {
        let mut no = Reasons::default();
        let (bot, user) = match (to, by) {
            (To::Chat(id), _) => {
                let chat = self.chat(id)?;
                // The users of another tenant ask for a chat, not for its messages.
                if facts::tenant(by) != chat.tenant && matches!(by, Actor::User(_)) {
                    no.when(true, code::OTHER_TENANT);
                }
                no = no.with(Self::silences(chat, by));
                let thread = chat.threaded.then(|| format!("t{}", self.step));
                let thread_position = thread.as_ref().map(|_| 1);
                let place = Place { chat: id.clone(), thread, thread_position, ..Place::default() };
                return Some((place, no));
            }
            (To::Thread(id), _) => {
                let root = self.thread(id).next()?;
                let chat = self.chat(&root.chat)?;
                no.when(chat.tenant != facts::tenant(by), code::THREAD_UNKNOWN);
                let last = self.thread(id).last().and_then(|last| last.thread_position);
                let place = Place {
                    chat: root.chat.clone(),
                    root: Some(root.id.clone()),
                    parent: Some(root.id.clone()),
                    thread: Some(id.clone()),
                    thread_position: last.map(|last| last + 1),
                };
                return Some((place, no.with(Self::silences(chat, by))));
            }
            (To::User(user), Actor::Bot(bot)) => (bot, *user),
            (To::Bot(bot), Actor::User(user)) => {
                let reach = facts::tenant_of_bot(bot) == facts::tenant_of_user(user)
                    && *bot != facts::MUTE
                    && facts::sees(bot, user);
                no.when(!reach, code::ACT_INVALID);
                (*bot, user)
            }
            _ => return None,
        };
        let ours = facts::tenant_of_user(user) == facts::tenant_of_bot(bot);
        no.when(!ours && matches!(by, Actor::Bot(_)), code::RECEIVER_UNKNOWN);
        // Several endpoints have one word for both.
        no.when(ours && facts::has_resigned(user), code::RECEIVER_RESIGNED);
        no.when(ours && (facts::has_resigned(user) || !facts::sees(bot, user)), code::NO_AVAILABILITY);
        Some((Place { chat: p2p_id(bot, user), ..Place::default() }, no))
    }

    /// The chat of a bot and a user, made when it is first needed.
    fn make_p2p(&mut self, id: &str) -> Option<()> {
        let (bot, user) = id.split_once('+')?;
        let bot = facts::BOTS.into_iter().find(|one| *one == bot)?;
        let user = facts::USERS.into_iter().find(|one| *one == user)?;
        let mut chat = Chat::new(id.to_owned(), facts::tenant_of_bot(bot), self.now);
        chat.p2p = Some((bot, user));
        chat.add(Actor::User(user));
        chat.add(Actor::Bot(bot));
        self.chats.push(chat);
        Some(())
    }

    /// Writes a message to its place, and gives its id.
    pub(super) fn write(
        &mut self,
        by: Actor,
        place: Place,
        text: Option<String>,
        at: Option<User>,
    ) -> Option<Id> {
        if self.chat(&place.chat).is_none() {
            self.make_p2p(&place.chat)?;
        }
        let (id, now) = (format!("m{}", self.step), self.now);
        let chat = self.chat_mut(&place.chat)?;
        chat.length += 1;
        chat.active_at = now;
        let position = Some(chat.length);
        self.add_message(Message {
            id: id.clone(),
            chat: place.chat,
            sender: by,
            text,
            at,
            root: place.root,
            parent: place.parent,
            thread: place.thread,
            thread_position: place.thread_position,
            upper: None,
            position,
            recalled: false,
            edits: 0,
            created: now,
            updated: now,
        });
        Some(id)
    }

    /// What the one who sent a message is told: bots all of it, users where it is.
    pub(super) fn told(&self, by: Actor, id: &str) -> Option<Value> {
        let message = self.message(id)?;
        Some(match by {
            Actor::Bot(bot) => self.show(bot, message, false),
            Actor::User(_) => {
                json!({"message_id": format!("${id}"), "chat_id": format!("${}", message.chat)})
            }
        })
    }

    /// The key of a request that is done at most once.
    pub(super) fn key(what: &str, by: Actor, uuid: Option<u8>) -> Option<String> {
        uuid.map(|uuid| format!("{what} {by:?} {uuid}"))
    }

    pub(super) fn send(&mut self, by: Actor, to: &To, text: &Text, uuid: Option<u8>) -> Expected {
        let key = Self::key("send", by, uuid);
        if let Some(made) = key.as_ref().and_then(|key| self.made(key)) {
            return self.told(by, &made).map(Ok);
        }
        let (place, mut no) = self.place(by, to)?;
        no.when(self.may_not_mention(by, &place.chat, text), code::MAY_NOT_SPEAK);
        if no.any() {
            return Some(Err(no));
        }
        let id = self.write(by, place, Some(text.shown()), text.at)?;
        self.remember(key, &id, UUID_LIFE);
        self.told(by, &id).map(Ok)
    }

    fn may_not_mention(&self, by: Actor, chat: &str, text: &Text) -> bool {
        let closed = |chat: &Chat| chat.only_owner_mentions_all && !chat.is_owner_or_manager(by);
        text.at_all && self.chat(chat).is_some_and(closed)
    }

    pub(super) fn reply(
        &mut self,
        by: Actor,
        message: &str,
        in_thread: bool,
        text: &Text,
        uuid: Option<u8>,
    ) -> Expected {
        let key = Self::key("reply", by, uuid);
        if let Some(made) = key.as_ref().and_then(|key| self.made(key)) {
            return self.told(by, &made).map(Ok);
        }
        let to = self.message(message)?.clone();
        let chat = self.chat(&to.chat)?;
        let mut no = Self::silences(chat, by);
        no.when(self.is_unknown(by, &to), code::MESSAGE_UNKNOWN);
        no.when(to.recalled, code::RECALLED);
        no.when(self.may_not_mention(by, &to.chat, text), code::MAY_NOT_SPEAK);
        if no.any() {
            return Some(Err(no));
        }
        let mut place = Place { chat: to.chat.clone(), parent: Some(to.id.clone()), ..Place::default() };
        if let Some(thread) = &to.thread {
            // In a thread everything hangs below its first message.
            let root = self.thread(thread).next()?.id.clone();
            let last = self.thread(thread).last()?.thread_position;
            place.root = Some(root.clone());
            place.parent = Some(root);
            place.thread = Some(thread.clone());
            place.thread_position = last.map(|last| last + 1);
        } else if in_thread || chat.threaded {
            let thread = Some(format!("t{}", self.step));
            place.root = Some(to.id.clone());
            place.thread = thread.clone();
            place.thread_position = Some(2);
            let root = self.message_mut(message)?;
            root.thread = thread;
            root.thread_position = Some(1);
        } else {
            place.root = to.root.clone().or(Some(to.id.clone()));
        }
        let id = self.write(by, place, Some(text.shown()), text.at)?;
        self.remember(key, &id, UUID_LIFE);
        self.told(by, &id).map(Ok)
    }

    /// Whether a message does not exist for someone: those of other tenants, and to all but readers what stands
    /// in merged forwards.
    pub(super) fn is_unknown(&self, by: Actor, message: &Message) -> bool {
        self.is_elsewhere(by, message) || message.upper.is_some()
    }

    pub(super) fn is_elsewhere(&self, by: Actor, message: &Message) -> bool {
        self.chat(&message.chat).is_none_or(|chat| chat.tenant != facts::tenant(by))
    }

    pub(super) fn edit(&mut self, by: Actor, message: &str, text: &Text) -> Expected {
        let row = self.message(message)?;
        let mut no = Self::silences(self.chat(&row.chat)?, by);
        no.when(self.is_unknown(by, row), code::MESSAGE_UNKNOWN);
        no.when(row.recalled, code::RECALLED);
        no.when(row.sender != by, code::NOT_THE_SENDER);
        no.when(row.text.is_none(), code::TYPE_UNSUPPORTED);
        no.when(row.edits >= MAX_EDITS, code::TOO_MANY_EDITS);
        no.when(self.may_not_mention(by, &row.chat, text), code::MAY_NOT_SPEAK);
        if no.any() {
            return Some(Err(no));
        }
        let now = self.now;
        let row = self.message_mut(message)?;
        row.text = Some(text.shown());
        row.at = text.at;
        row.edits += 1;
        row.updated = now;
        match by {
            Actor::Bot(_) => self.told(by, message).map(Ok),
            Actor::User(_) => Some(Ok(json!({}))),
        }
    }

    pub(super) fn recall(&mut self, by: Actor, message: &str) -> Expected {
        let row = self.message(message)?;
        let chat = self.chat(&row.chat)?;
        let mut no = Self::hides(chat, by);
        no.when(self.is_unknown(by, row), code::MESSAGE_UNKNOWN);
        no.when(chat.dissolved, code::DISSOLVED);
        no.when(row.recalled, code::DELETED);
        if row.sender != by {
            let made_it = matches!(by, Actor::Bot(bot) if chat.maker == Some(bot));
            let may = chat.p2p.is_none() && (made_it || chat.is_owner_or_manager(by));
            no.when(!may, code::RECALL_FORBIDDEN);
            no.when(self.now - row.created > YEAR, code::RECALL_EXPIRED);
        }
        if no.any() {
            return Some(Err(no));
        }
        let now = self.now;
        let row = self.message_mut(message)?;
        row.recalled = true;
        row.updated = now;
        Some(Ok(json!({})))
    }
}
