//! The next step: mostly one that can be done, now and then one that cannot.

use crate::{
    chance::Chance,
    facts,
    op::{Actor, Bot, Change, Id, NewChat, Op, Speakers, Text, To, User, Who},
    reference::{Chat, Model},
};

/// The most groups that are there at once: few, so that much happens in each.
const GROUPS: usize = 8;

/// The most messages that go into a merged forward, those in forwards in it included.
const MERGED: usize = 30;

/// Makes a step of one kind, if there is anything for it to be about.
type Choose<N> = fn(&mut N) -> Option<Op>;

/// What chooses the next step.
pub(crate) struct Next<'a> {
    pub(crate) model: &'a Model,
    pub(crate) chance: &'a mut Chance,
    pub(crate) step: usize,
}

impl Next<'_> {
    /// How often each kind of step comes, in so many of all.
    const WEIGHTS: [(Choose<Self>, usize); 23] = [
        (Self::create, 12),
        (Self::update, 40),
        (Self::dissolve, 3),
        (Self::add_members, 40),
        (Self::remove_members, 16),
        (Self::join, 25),
        (Self::leave, 10),
        (Self::managers, 25),
        (Self::moderate, 15),
        (Self::send, 180),
        (Self::reply, 110),
        (Self::edit, 40),
        (Self::recall, 35),
        (Self::forward, 30),
        (Self::merge, 25),
        (Self::forward_thread, 12),
        (Self::react, 60),
        (Self::unreact, 40),
        (Self::pin, 40),
        (Self::unpin, 15),
        (Self::read, 25),
        (Self::look, 150),
        (Self::wait, 80),
    ];

    /// A step.
    pub(crate) fn op(&mut self) -> Op {
        let all: usize = Self::WEIGHTS.iter().map(|(_, weight)| weight).sum();
        loop {
            let mut at = self.chance.below(all);
            let chosen = Self::WEIGHTS.iter().find(|(_, weight)| {
                let found = at < *weight;
                at = at.saturating_sub(*weight);
                found
            });
            if let Some(op) = chosen.and_then(|(make, _)| make(self)) {
                return op;
            }
        }
    }

    /// Steps that look at all there is.
    pub(crate) fn audit(&mut self) -> Vec<Op> {
        let mut ops = Vec::new();
        for chat in &self.model.chats {
            let Some(by) = chat.bots().into_iter().find(|bot| facts::reads_groups(bot)) else { continue };
            let id = || chat.id.clone();
            ops.push(Op::ListChat { by, chat: id(), newest_first: false, page_size: 50 });
            ops.push(Op::ListPins { by, chat: id(), page_size: 50 });
            ops.push(Op::ListMembers { by, chat: id(), page_size: 50 });
            ops.push(Op::GetChat { by, chat: id() });
            let here = self.model.messages.iter().rev().filter(|message| message.chat == chat.id);
            let reacted = here.filter(|message| self.model.reactions.contains_key(&message.id));
            for message in reacted.take(4) {
                let message = message.id.clone();
                ops.push(Op::ListReactions { by, message, emoji: None, page_size: 50 });
            }
        }
        let merged = self.model.messages.iter().rev().filter(|message| message.text.is_none());
        for message in merged.take(5) {
            let by = if message.chat.contains('+') { "narrow" } else { "main" };
            ops.push(Op::GetMessage { by, message: message.id.clone() });
        }
        ops.extend(facts::BOTS.map(|by| Op::ListChats { by, by_activity: true, page_size: 50 }));
        ops
    }

    fn bot(&mut self) -> Bot {
        match self.chance.below(20) {
            0..10 => "main",
            10..15 => "helper",
            15..19 => "narrow",
            _ => "foreign",
        }
    }

    fn user(&mut self) -> User {
        facts::USERS[if self.chance.percent(92) { self.chance.below(4) } else { 4 + self.chance.below(2) }]
    }

    fn actor(&mut self) -> Actor {
        if self.chance.percent(55) { Actor::Bot(self.bot()) } else { Actor::User(self.user()) }
    }

    fn invited(&mut self) -> Bot {
        if self.chance.percent(5) { facts::MUTE } else { self.bot() }
    }

    /// Users or bots, each once.
    fn who(&mut self) -> Who {
        if self.chance.percent(60) {
            let (first, more) = (self.user(), self.chance.some(&facts::USERS[..4], 30));
            let mut users = vec![first];
            users.extend(more.into_iter().filter(|user| *user != first));
            Who::Users(users)
        } else {
            Who::Bots(vec![self.invited()])
        }
    }

    /// Mostly a chat that fits, otherwise any.
    fn chat(&mut self, fits: impl Fn(&Chat) -> bool) -> Option<Id> {
        let strict = self.chance.percent(85);
        let chats: Vec<_> = self.model.chats.iter().filter(|chat| !strict || fits(chat)).collect();
        self.chance.one(&chats).map(|chat| chat.id.clone())
    }

    fn chat_of(&mut self, who: Actor) -> Option<Id> {
        self.chat(|chat| chat.has(who))
    }

    /// A group, mostly one that the bot may do much in.
    fn ruled_by(&mut self, by: Bot) -> Option<Id> {
        let me = Actor::Bot(by);
        if self.chance.percent(70) {
            self.chat(|chat| chat.owner == Some(me) || chat.maker == Some(by) && !chat.dissolved)
        } else {
            self.chat(|chat| chat.has(me) && chat.p2p.is_none())
        }
    }

    /// A message, mostly one of the last in a chat of the one who does something with it.
    fn message(&mut self, by: Actor) -> Option<Id> {
        let chat = self.chat_of(by)?;
        let depth = if self.chance.percent(80) { 12 } else { 200 };
        let here = self.model.messages.iter().rev().filter(|message| message.chat == chat);
        let last: Vec<_> = here.take(depth).collect();
        self.chance.one(&last).map(|message| message.id.clone())
    }

    fn own_message(&mut self, by: Actor) -> Option<Id> {
        if self.chance.percent(25) {
            return self.message(by);
        }
        let mine: Vec<_> =
            self.model.messages.iter().rev().filter(|message| message.sender == by).take(20).collect();
        self.chance.one(&mine).map(|message| message.id.clone())
    }

    fn thread(&mut self) -> Option<Id> {
        let threads: Vec<_> =
            self.model.messages.iter().rev().filter_map(|message| message.thread.as_ref()).take(40).collect();
        self.chance.one(&threads).map(|thread| (*thread).clone())
    }

    fn text(&mut self, by: Actor) -> Text {
        let ours: Vec<_> = facts::USERS
            .into_iter()
            .filter(|user| facts::tenant_of_user(user) == facts::tenant(by))
            .collect();
        Text {
            words: format!("w{}", self.step),
            at_all: self.chance.percent(6),
            at: if self.chance.percent(10) { self.chance.one(&ours).copied() } else { None },
        }
    }

    fn uuid(&mut self) -> Option<u8> {
        self.chance.percent(12).then(|| self.chance.below(3) as u8)
    }

    fn page_size(&mut self, length: usize) -> usize {
        let least = (length / 5).clamp(1, 50);
        least + self.chance.below(51 - least)
    }

    fn create(&mut self) -> Option<Op> {
        let alive = self.model.chats.iter().filter(|chat| chat.p2p.is_none() && !chat.members.is_empty());
        if alive.count() >= GROUPS && !self.chance.percent(4) {
            return None;
        }
        let by = self.bot();
        let mut bots = self.chance.some(&["main", "helper", "narrow"], 40);
        bots.retain(|bot| *bot != by);
        if self.chance.percent(8) {
            bots.push(self.invited());
        }
        let mut users = self.chance.some(&facts::USERS[..4], 50);
        if self.chance.percent(8) {
            users.push(self.user());
        }
        let new = NewChat {
            name: format!("g{}", self.chance.below(40) + 10),
            owner: if self.chance.percent(35) { Some(self.user()) } else { None },
            users,
            bots,
            public: self.chance.percent(40),
            threaded: self.chance.percent(25),
            approval: self.chance.percent(15),
            bot_manager: self.chance.percent(40),
            uuid: self.uuid(),
        };
        Some(Op::CreateChat { by, new })
    }

    fn update(&mut self) -> Option<Op> {
        let by = self.bot();
        let chat = self.ruled_by(by)?;
        let on = self.chance.percent(35);
        let change = match self.chance.below(11) {
            0 | 1 => Change::Name(format!("g{}", self.chance.below(40) + 10)),
            2 => Change::Owner(self.user()),
            3 => Change::Public(!on),
            4 => Change::Threaded(on),
            5 => Change::Approval(on),
            6 => Change::Edit(on),
            7 => Change::AtAll(on),
            8 => Change::AddMembers(on),
            9 => Change::Pins(on),
            _ => Change::NoCopies(self.chance.percent(20)),
        };
        Some(Op::UpdateChat { by, chat, change })
    }

    fn dissolve(&mut self) -> Option<Op> {
        let by = self.bot();
        Some(Op::Dissolve { by, chat: self.ruled_by(by)? })
    }

    fn add_members(&mut self) -> Option<Op> {
        let by = self.bot();
        let chat = self.chat_of(Actor::Bot(by))?;
        Some(Op::AddMembers { by, chat, who: self.who(), succeed_type: self.chance.below(3) as u8 })
    }

    fn remove_members(&mut self) -> Option<Op> {
        let by = self.bot();
        Some(Op::RemoveMembers { by, chat: self.ruled_by(by)?, who: self.who() })
    }

    fn join(&mut self) -> Option<Op> {
        let by = self.actor();
        let chat = self.chat(|chat| chat.public && !chat.has(by))?;
        Some(Op::Join { by, chat })
    }

    fn leave(&mut self) -> Option<Op> {
        let by = self.user();
        Some(Op::Leave { by, chat: self.chat_of(Actor::User(by))? })
    }

    fn managers(&mut self) -> Option<Op> {
        let by = self.bot();
        let (chat, who) = (self.ruled_by(by)?, self.who());
        Some(if self.chance.percent(70) {
            Op::AddManagers { by, chat, who }
        } else {
            Op::DeleteManagers { by, chat, who }
        })
    }

    fn moderate(&mut self) -> Option<Op> {
        let by = self.bot();
        let chat = self.ruled_by(by)?;
        let speakers = match self.chance.below(5) {
            0 => Speakers::Owner,
            1 | 2 => Speakers::Listed,
            _ => Speakers::All,
        };
        let add = self.chance.some(&facts::USERS, 30);
        let mut remove = self.chance.some(&facts::USERS, 20);
        if self.chance.percent(90) {
            remove.retain(|user| !add.contains(user));
        }
        Some(Op::Moderate { by, chat, speakers, add, remove })
    }

    fn to(&mut self, by: Actor) -> Option<To> {
        Some(match by {
            Actor::Bot(_) if self.chance.percent(15) => To::User(self.user()),
            Actor::User(_) if self.chance.percent(15) => To::Bot(self.invited()),
            _ => To::Chat(self.chat_of(by)?),
        })
    }

    fn forward_to(&mut self, by: Bot) -> Option<To> {
        if self.chance.percent(15) { self.thread().map(To::Thread) } else { self.to(Actor::Bot(by)) }
    }

    fn send(&mut self) -> Option<Op> {
        let by = self.actor();
        let uuid = if matches!(by, Actor::Bot(_)) { self.uuid() } else { None };
        Some(Op::Send { by, to: self.to(by)?, text: self.text(by), uuid })
    }

    fn reply(&mut self) -> Option<Op> {
        let by = self.actor();
        let uuid = if matches!(by, Actor::Bot(_)) { self.uuid() } else { None };
        let in_thread = self.chance.percent(35);
        Some(Op::Reply { by, message: self.message(by)?, in_thread, text: self.text(by), uuid })
    }

    fn edit(&mut self) -> Option<Op> {
        // Often the same again: a message can be edited so often and no more.
        let most = self.model.messages.iter().filter(|message| !message.recalled && message.upper.is_none());
        if self.chance.percent(35)
            && let Some(most) = most.max_by_key(|message| message.edits)
        {
            let by = most.sender;
            return Some(Op::Edit { by, message: most.id.clone(), text: self.text(by) });
        }
        let by = self.actor();
        Some(Op::Edit { by, message: self.own_message(by)?, text: self.text(by) })
    }

    fn recall(&mut self) -> Option<Op> {
        let by = self.actor();
        Some(Op::Recall { by, message: self.own_message(by)? })
    }

    fn forward(&mut self) -> Option<Op> {
        let by = self.bot();
        let message = self.message(Actor::Bot(by))?;
        if self.model.below(&message).len() > MERGED {
            return None;
        }
        Some(Op::Forward { by, message, to: self.forward_to(by)?, uuid: self.uuid() })
    }

    fn merge(&mut self) -> Option<Op> {
        let by = self.bot();
        let chat = self.chat_of(Actor::Bot(by))?;
        let here: Vec<_> = self
            .model
            .messages
            .iter()
            .rev()
            .filter(|message| message.chat == chat)
            .take(15)
            .map(|message| message.id.clone())
            .collect();
        let mut messages = Vec::new();
        for _ in 0..=self.chance.below(4) {
            let stray = self.chance.percent(4);
            let one = if stray { self.message(Actor::Bot(by)) } else { self.chance.one(&here).cloned() };
            messages.extend(one.filter(|one| !messages.contains(one)));
        }
        let size: usize = messages.iter().map(|message| 1 + self.model.below(message).len()).sum();
        if messages.is_empty() || size > MERGED {
            return None;
        }
        Some(Op::Merge { by, messages, to: self.forward_to(by)?, uuid: self.uuid() })
    }

    fn forward_thread(&mut self) -> Option<Op> {
        let by = self.bot();
        let thread = self.thread()?;
        let size: usize = self.model.thread(&thread).map(|one| 1 + self.model.below(&one.id).len()).sum();
        if size > MERGED {
            return None;
        }
        Some(Op::ForwardThread { by, thread, to: self.forward_to(by)?, uuid: self.uuid() })
    }

    fn react(&mut self) -> Option<Op> {
        let by = self.actor();
        let emoji = self.chance.one(&facts::EMOJI)?;
        Some(Op::React { by, message: self.message(by)?, emoji })
    }

    fn unreact(&mut self) -> Option<Op> {
        let strange = self.chance.percent(15);
        let all: Vec<_> = self.model.reactions.values().flatten().collect();
        let reaction = self.chance.one(&all)?;
        let message = reaction.message.clone();
        Some(match if strange { self.actor() } else { reaction.by } {
            Actor::User(by) => Op::UnreactAs { by, message, emoji: reaction.emoji },
            Actor::Bot(by) => {
                let message = if self.chance.percent(5) { self.message(Actor::Bot(by))? } else { message };
                Op::Unreact { by, message, reaction: reaction.id.clone() }
            }
        })
    }

    fn pin(&mut self) -> Option<Op> {
        let by = self.actor();
        Some(Op::Pin { by, message: self.message(by)? })
    }

    fn unpin(&mut self) -> Option<Op> {
        let by = self.actor();
        let message = match self.chance.one(&self.model.pins) {
            Some(pin) if self.chance.percent(80) => pin.message.clone(),
            _ => self.message(by)?,
        };
        Some(Op::Unpin { by, message })
    }

    fn read(&mut self) -> Option<Op> {
        let by = self.user();
        Some(Op::Read { by, chat: self.chat_of(Actor::User(by))? })
    }

    fn look(&mut self) -> Option<Op> {
        let by = self.bot();
        let me = Actor::Bot(by);
        let newest_first = self.chance.percent(50);
        let page_size = self.page_size(5);
        Some(match self.chance.below(22) {
            0..3 => Op::GetMessage { by, message: self.message(me)? },
            3..5 => {
                let messages = (0..3).map(|_| self.message(me)).collect::<Option<_>>()?;
                Op::GetMessages { by, messages }
            }
            5..7 => {
                let chat = self.chat_of(me)?;
                let length = self.model.messages.iter().filter(|message| message.chat == chat).count();
                Op::ListChat { by, chat, newest_first, page_size: self.page_size(length) }
            }
            7..9 => Op::ListThread { by, thread: self.thread()?, newest_first, page_size },
            9..11 => {
                let emoji = if newest_first { self.chance.one(&facts::EMOJI).copied() } else { None };
                Op::ListReactions { by, message: self.message(me)?, emoji, page_size }
            }
            11 => {
                let chat = self.chat_of(me)?;
                let length = self.model.pins.iter().filter(|pin| pin.chat == chat).count();
                Op::ListPins { by, chat, page_size: self.page_size(length) }
            }
            12..14 => Op::ListReaders { by, message: self.own_message(me)? },
            14 => Op::GetChat { by, chat: self.chat_of(me)? },
            15 => Op::ListChats { by, by_activity: newest_first, page_size },
            16 => {
                let query = if newest_first { "ad".to_owned() } else { format!("G{}", self.chance.below(5)) };
                Op::SearchChats { by, query, page_size }
            }
            17 => Op::ListUsers { by, chat: self.chat_of(me)?, page_size: page_size.min(3) },
            18 => Op::ListMembers { by, chat: self.chat_of(me)?, page_size: page_size.min(3) },
            19 => Op::ListModerators { by, chat: self.chat_of(me)? },
            _ => Op::IsInChat { by, chat: self.chat_of(me)? },
        })
    }

    fn wait(&mut self) -> Option<Op> {
        const MINUTE: i64 = 60_000;
        let most = match self.chance.below(400) {
            0 | 1 => 400 * 24 * 60 * MINUTE,
            2..4 => 9 * 24 * 60 * MINUTE,
            4..20 => 12 * 60 * MINUTE,
            20..60 => 40 * MINUTE,
            _ => 2000,
        };
        Some(Op::Wait { ms: 1 + self.chance.below(most as usize) as i64 })
    }
}
