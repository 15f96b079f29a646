//! What can be looked at, and by whom. Lists are whole: the pages of the platform are put together.

use serde_json::{Value, json};

use super::{Chat, Expected, Message, Model, Reasons, chat, code};
use crate::{
    facts,
    op::{Actor, Bot, Id, Op},
};

const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

fn items(items: Vec<Value>) -> Expected {
    Some(Ok(json!({"items": items})))
}

impl Model {
    /// What a step that changes nothing has to answer.
    pub(super) fn look(&self, op: &Op) -> Expected {
        match op {
            Op::GetMessage { by, message } => self.get_message(by, message),
            Op::GetMessages { by, messages } => self.get_messages(by, messages),
            Op::ListChat { by, chat, newest_first, .. } => {
                let messages = self.in_chat(chat).collect();
                self.list(by, self.chat(chat)?, messages, *newest_first)
            }
            Op::ListThread { by, thread, newest_first, .. } => {
                let messages: Vec<_> = self.thread(thread).collect();
                self.list(by, self.chat(&messages.first()?.chat)?, messages, *newest_first)
            }
            Op::ListReactions { by, message, emoji, .. } => self.list_reactions(by, message, *emoji),
            Op::ListPins { by, chat, .. } => self.list_pins(by, chat),
            Op::ListReaders { by, message } => self.list_readers(by, message),
            Op::GetChat { by, chat } => self.get_chat(by, chat),
            Op::ListChats { by, by_activity, .. } => self.list_chats(by, *by_activity),
            Op::SearchChats { by, query, .. } => self.search_chats(by, query),
            Op::ListUsers { by, chat, .. } => self.list_users(by, chat),
            Op::ListMembers { by, chat, .. } => self.list_members(by, chat),
            Op::ListModerators { by, chat } => self.list_moderators(by, chat),
            Op::IsInChat { by, chat } => {
                let row = self.chat(chat)?;
                let mut no = Reasons::default();
                no.when(row.tenant != facts::tenant_of_bot(by), code::OTHER_TENANT);
                let there = row.has(Actor::Bot(by));
                Some(if no.any() { Err(no) } else { Ok(json!({"is_in_chat": there})) })
            }
            _ => None,
        }
    }

    /// The messages that a chat shows: not the replies in threads, nor what stands in merged forwards.
    pub(super) fn in_chat<'a>(&'a self, chat: &'a str) -> impl Iterator<Item = &'a Message> {
        self.messages.iter().filter(move |message| {
            message.chat == chat
                && message.upper.is_none()
                && message.thread_position.is_none_or(|position| position == 1)
        })
    }

    fn is_unread_by(by: Bot, chat: &Chat) -> Reasons {
        let mut no = Self::hides(chat, Actor::Bot(by));
        no.when(chat.p2p.is_none() && !facts::reads_groups(by), code::SCOPE_MISSING);
        no
    }

    fn is_unreadable(&self, by: Bot, message: &Message) -> Option<Reasons> {
        let mut no = Self::is_unread_by(by, self.chat(&message.chat)?);
        no.when(self.is_elsewhere(Actor::Bot(by), message), code::MESSAGE_UNKNOWN);
        no.when(self.is_gone(message), code::DELETED);
        Some(no)
    }

    fn get_message(&self, by: Bot, id: &str) -> Expected {
        let message = self.message(id)?;
        let no = self.is_unreadable(by, message)?;
        if no.any() {
            return Some(Err(no));
        }
        let is_merged = message.text.is_none() && !message.recalled;
        let below = if is_merged { self.below(id) } else { Vec::new() };
        let all = std::iter::once(message).chain(&below);
        items(all.map(|message| self.show(by, message, false)).collect())
    }

    fn get_messages(&self, by: Bot, ids: &[Id]) -> Expected {
        let mut found = Vec::new();
        for id in ids {
            let message = self.message(id)?;
            if !self.is_unreadable(by, message)?.any() {
                found.push(self.show(by, message, false));
            }
        }
        items(found)
    }

    fn list(&self, by: Bot, chat: &Chat, mut messages: Vec<&Message>, newest_first: bool) -> Expected {
        let mut no = Self::is_unread_by(by, chat);
        no.when(chat.tenant != facts::tenant_of_bot(by), code::INVALID_PARAM);
        no.when(chat.no_copies, code::NOT_LISTED);
        if no.any() {
            return Some(Err(no));
        }
        if newest_first {
            messages.reverse();
        }
        items(messages.into_iter().map(|message| self.show(by, message, true)).collect())
    }

    fn list_reactions(&self, by: Bot, id: &str, emoji: Option<&str>) -> Expected {
        let message = self.message(id)?;
        let mut no = Reasons::default();
        no.when(self.is_unknown(Actor::Bot(by), message) || message.recalled, code::REACTED_UNKNOWN);
        no.when(!self.chat(&message.chat)?.has(Actor::Bot(by)), code::REACTIONS_UNSEEN);
        if no.any() {
            return Some(Err(no));
        }
        let all = self.reactions_of(id).iter();
        let wanted = all.filter(|reaction| emoji.is_none_or(|emoji| emoji == reaction.emoji));
        items(wanted.map(|reaction| Self::show_reaction(by, reaction)).collect())
    }

    fn list_pins(&self, by: Bot, chat: &str) -> Expected {
        let row = self.chat(chat)?;
        let mut no = Self::hides(row, Actor::Bot(by));
        no.when(row.tenant != facts::tenant_of_bot(by), code::INVALID_PARAM);
        if no.any() {
            return Some(Err(no));
        }
        let there = |id: &str| self.message(id).is_some_and(|message| !message.recalled);
        let pins = self.pins.iter().rev().filter(|pin| pin.chat == chat && there(&pin.message));
        items(pins.map(|pin| Self::show_pin(by, pin)).collect())
    }

    fn list_readers(&self, by: Bot, id: &str) -> Expected {
        let message = self.message(id)?;
        let mut no = Self::hides(self.chat(&message.chat)?, Actor::Bot(by));
        no.when(self.is_unknown(Actor::Bot(by), message), code::MESSAGE_UNKNOWN);
        no.when(message.sender != Actor::Bot(by), code::NOT_THE_READERS_SENDER);
        no.when(message.recalled, code::DELETED);
        no.when(self.now - message.created > WEEK, code::READERS_EXPIRED);
        if no.any() {
            return Some(Err(no));
        }
        let mut readers: Vec<_> = self.reads.get(id).into_iter().flatten().collect();
        readers.sort_by_key(|(user, at)| (**at, facts::USERS.iter().position(|known| known == *user)));
        let shown =
            readers.into_iter().map(|(user, at)| json!({"user_id": user, "timestamp": at.to_string()}));
        items(shown.collect())
    }

    fn get_chat(&self, by: Bot, id: &str) -> Expected {
        let row = self.chat(id)?;
        let me = Actor::Bot(by);
        let mut no = Reasons::default();
        no.when(row.tenant != facts::tenant(me), code::OTHER_TENANT);
        no.when(row.p2p.is_some() && !row.has(me), code::NOT_IN_CHAT);
        if no.any() {
            return Some(Err(no));
        }
        let (users, bots) = row.managers(by, false);
        let mut shown = match (row.has(me), row.p2p) {
            (true, None) => chat::show(row),
            (true, Some(_)) => json!({"chat_mode": "p2p", "name": null, "owner_id": null}),
            (false, _) => json!({"name": row.name, "owner_id": null, "user_manager_id_list": null}),
        };
        shown["user_count"] = row.users().len().to_string().into();
        shown["bot_count"] = row.bots().len().to_string().into();
        shown["chat_status"] = if row.dissolved { "dissolved" } else { "normal" }.into();
        if row.has(me) {
            shown["user_manager_id_list"] = users.into();
            shown["bot_manager_id_list"] = bots.into();
        }
        Some(Ok(shown))
    }

    fn brief(viewer: Bot, row: &Chat) -> Value {
        let owner = match row.owner {
            Some(Actor::User(user)) => Some(Self::open_id(viewer, user)),
            _ => None,
        };
        json!({
            "chat_id": format!("${}", row.id),
            "name": row.name,
            "owner_id": owner,
            "chat_status": "normal",
        })
    }

    fn list_chats(&self, by: Bot, by_activity: bool) -> Expected {
        let mine = |row: &&Chat| row.p2p.is_none() && row.has(Actor::Bot(by));
        let mut rows: Vec<_> = self.chats.iter().filter(mine).collect();
        if by_activity {
            rows.reverse();
            rows.sort_by_key(|row| std::cmp::Reverse(row.active_at));
        }
        items(rows.into_iter().map(|row| Self::brief(by, row)).collect())
    }

    fn search_chats(&self, by: Bot, query: &str) -> Expected {
        let query = query.to_lowercase();
        let found = self.chats.iter().filter(|row| {
            let mine = row.has(Actor::Bot(by));
            let ours = row.tenant == facts::tenant_of_bot(by) && row.p2p.is_none() && !row.dissolved;
            let named = row.name.to_lowercase().contains(&query);
            let knows = || row.users().iter().any(|user| user.contains(&query));
            ours && (mine || row.public) && (named || mine && knows())
        });
        items(found.map(|row| Self::brief(by, row)).collect())
    }

    fn list_users(&self, by: Bot, id: &str) -> Expected {
        let row = self.chat(id)?;
        let no = row.bars(Actor::Bot(by));
        if no.any() {
            return Some(Err(no));
        }
        let users = row.users();
        let shown = users.iter().map(|user| json!({"member_id": user, "name": facts::name(user)}));
        Some(Ok(json!({"items": shown.collect::<Vec<_>>(), "member_total": users.len()})))
    }

    fn list_members(&self, by: Bot, id: &str) -> Expected {
        let row = self.chat(id)?;
        let no = row.bars(Actor::Bot(by));
        if no.any() {
            return Some(Err(no));
        }
        let (users, bots) = (row.users(), row.bots());
        let shown = users.iter().map(|user| json!({"member_id": user, "name": facts::name(user)}));
        let named = bots.iter().map(|bot| json!({"app_id": facts::app_id(bot), "name": bot}));
        Some(Ok(json!({
            "users": shown.collect::<Vec<_>>(),
            "bots": named.collect::<Vec<_>>(),
            "user_total": users.len(),
            "bot_total": bots.len(),
        })))
    }

    fn list_moderators(&self, by: Bot, id: &str) -> Expected {
        let row = self.chat(id)?;
        let mut no = row.bars(Actor::Bot(by));
        no.when(row.p2p.is_some(), code::CHAT_INVALID_PARAM);
        if no.any() {
            return Some(Err(no));
        }
        let listed: Vec<_> = row.listed.iter().map(|user| json!({"user_id": user})).collect();
        Some(Ok(json!({"moderation_setting": chat::speakers(row.speakers), "items": listed})))
    }
}
