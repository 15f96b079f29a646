//! The model: what the documents say, as plainly as it can be written, on lists and nothing else.
//!
//! It shares no code with the platform. A rule gathers every reason that speaks against a request; the platform may
//! give any of them, as no page says which comes first, but has to refuse exactly if there is one.

mod chat;
mod code;
mod forward;
mod member;
mod message;
mod react;
mod read;

pub(crate) use member::wire_id;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::{
    facts,
    op::{Actor, Bot, Id, Op, Speakers, User},
};

/// The codes with which a request may be refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reasons(pub(crate) BTreeSet<i64>);

impl Reasons {
    fn when(&mut self, wrong: bool, code: i64) {
        if wrong {
            self.0.insert(code);
        }
    }

    fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

/// What the answer to a step has to hold, or why it has to be refused. `None` if the step names what is not there.
pub(crate) type Expected = Option<Result<Value, Reasons>>;

/// A group, or the chat of a bot and a user.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: Id,
    pub(crate) tenant: &'static str,
    pub(crate) p2p: Option<(Bot, User)>,
    pub(crate) dissolved: bool,
    pub(crate) name: String,
    pub(crate) owner: Option<Actor>,
    pub(crate) maker: Option<Bot>,
    /// In the order they joined.
    pub(crate) members: Vec<Member>,
    pub(crate) speakers: Speakers,
    /// Who may speak where [`Speakers::Listed`] do.
    pub(crate) listed: Vec<User>,
    pub(crate) public: bool,
    pub(crate) threaded: bool,
    pub(crate) approval: bool,
    pub(crate) only_owner_edits: bool,
    pub(crate) only_owner_mentions_all: bool,
    pub(crate) only_owner_adds: bool,
    pub(crate) only_owner_pins: bool,
    pub(crate) no_copies: bool,
    pub(crate) length: i64,
    pub(crate) active_at: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) who: Actor,
    pub(crate) manager: bool,
}

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) chat: Id,
    pub(crate) sender: Actor,
    /// What it says; `None` if it is a merged forward.
    pub(crate) text: Option<String>,
    pub(crate) at: Option<User>,
    pub(crate) root: Option<Id>,
    pub(crate) parent: Option<Id>,
    pub(crate) thread: Option<Id>,
    pub(crate) thread_position: Option<i64>,
    /// The merged forward it stands in.
    pub(crate) upper: Option<Id>,
    pub(crate) position: Option<i64>,
    pub(crate) recalled: bool,
    pub(crate) edits: i64,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Reaction {
    pub(crate) id: Id,
    pub(crate) message: Id,
    pub(crate) by: Actor,
    pub(crate) emoji: &'static str,
    pub(crate) at: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Pin {
    pub(crate) message: Id,
    pub(crate) chat: Id,
    pub(crate) by: Actor,
    pub(crate) at: i64,
}

/// Everything there is.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    /// The step that is taken.
    pub(crate) step: usize,
    pub(crate) chats: Vec<Chat>,
    pub(crate) messages: Vec<Message>,
    by_id: HashMap<Id, usize>,
    /// By message.
    pub(crate) reactions: BTreeMap<Id, Vec<Reaction>>,
    pub(crate) pins: Vec<Pin>,
    /// Who has read which message, and when.
    reads: BTreeMap<Id, BTreeMap<User, i64>>,
    /// What requests with a `uuid` made, and until when that counts.
    uuids: BTreeMap<String, (Id, i64)>,
}

impl Model {
    pub(crate) fn new(now: i64) -> Self {
        Self {
            now,
            step: 0,
            chats: Vec::new(),
            messages: Vec::new(),
            by_id: HashMap::new(),
            reactions: BTreeMap::new(),
            pins: Vec::new(),
            reads: BTreeMap::new(),
            uuids: BTreeMap::new(),
        }
    }

    /// Takes a step.
    pub(crate) fn take(&mut self, step: usize, op: &Op) -> Expected {
        self.step = step;
        match op.clone() {
            Op::CreateChat { by, new } => self.create_chat(by, &new),
            Op::UpdateChat { by, chat, change } => self.update_chat(by, &chat, change),
            Op::Dissolve { by, chat } => self.dissolve(by, &chat),
            Op::Moderate { by, chat, speakers, add, remove } => {
                self.moderate(by, &chat, speakers, &add, &remove)
            }
            Op::AddManagers { by, chat, who } => self.set_managers(by, &chat, &who, true),
            Op::DeleteManagers { by, chat, who } => self.set_managers(by, &chat, &who, false),
            Op::AddMembers { by, chat, who, succeed_type } => self.add_members(by, &chat, &who, succeed_type),
            Op::RemoveMembers { by, chat, who } => self.remove_members(by, &chat, &who),
            Op::Join { by, chat } => self.join(by, &chat),
            Op::Leave { by, chat } => self.leave(by, &chat),
            Op::Send { by, to, text, uuid } => self.send(by, &to, &text, uuid),
            Op::Reply { by, message, in_thread, text, uuid } => {
                self.reply(by, &message, in_thread, &text, uuid)
            }
            Op::Edit { by, message, text } => self.edit(by, &message, &text),
            Op::Recall { by, message } => self.recall(by, &message),
            Op::Forward { by, message, to, uuid } => self.forward(by, &message, &to, uuid),
            Op::Merge { by, messages, to, uuid } => self.merge(by, &messages, &to, uuid),
            Op::ForwardThread { by, thread, to, uuid } => self.forward_thread(by, &thread, &to, uuid),
            Op::React { by, message, emoji } => self.react(by, &message, emoji),
            Op::Unreact { by, message, reaction } => self.unreact(by, &message, &reaction),
            Op::UnreactAs { by, message, emoji } => self.unreact_as(by, &message, emoji),
            Op::Pin { by, message } => self.pin(by, &message),
            Op::Unpin { by, message } => self.unpin(by, &message),
            Op::Read { by, chat } => self.read(by, &chat),
            Op::Wait { ms } => {
                self.now += ms;
                Some(Ok(Value::Null))
            }
            Op::Restart => Some(Ok(Value::Null)),
            look => self.look(&look),
        }
    }

    pub(crate) fn chat(&self, id: &str) -> Option<&Chat> {
        self.chats.iter().find(|chat| chat.id == id)
    }

    fn chat_mut(&mut self, id: &str) -> Option<&mut Chat> {
        self.chats.iter_mut().find(|chat| chat.id == id)
    }

    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.by_id.get(id).and_then(|at| self.messages.get(*at))
    }

    fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        self.by_id.get(id).and_then(|at| self.messages.get_mut(*at))
    }

    fn add_message(&mut self, message: Message) {
        self.by_id.insert(message.id.clone(), self.messages.len());
        self.messages.push(message);
    }

    /// The messages of a thread, the root first.
    pub(crate) fn thread<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Message> {
        self.messages.iter().filter(move |message| message.thread.as_deref() == Some(id))
    }

    /// What the request with this key made, if that still counts.
    fn made(&self, key: &str) -> Option<Id> {
        self.uuids.get(key).filter(|(_, until)| self.now < *until).map(|(id, _)| id.clone())
    }

    fn remember(&mut self, key: Option<String>, id: &str, for_ms: i64) {
        if let Some(key) = key {
            self.uuids.insert(key, (id.to_owned(), self.now + for_ms));
        }
    }

    /// What a bot calls a user.
    fn open_id(viewer: Bot, user: User) -> String {
        format!("${viewer}/{user}")
    }

    /// Someone as the answers name who did something.
    fn actor(viewer: Bot, actor: Actor) -> String {
        match actor {
            Actor::Bot(bot) => facts::app_id(bot),
            Actor::User(user) => Self::open_id(viewer, user),
        }
    }

    /// A message as a bot sees it. In lists a recalled one says that it is.
    fn show(&self, viewer: Bot, message: &Message, listed: bool) -> Value {
        let (id_type, sender_type) = match message.sender {
            Actor::Bot(_) => ("app_id", "app"),
            Actor::User(_) => ("open_id", "user"),
        };
        let content = match (&message.text, message.recalled, listed) {
            (_, true, true) => "This message was recalled".to_owned(),
            (_, true, false) => String::new(),
            (Some(text), _, _) => json!({"text": text}).to_string(),
            (None, _, _) => "Merged and Forwarded Message".to_owned(),
        };
        let mentions = message.at.filter(|_| !message.recalled).map(|user| {
            json!([{
                "key": "@_user_1",
                "id": Self::open_id(viewer, user),
                "id_type": "open_id",
                "name": facts::name(user),
            }])
        });
        let name = |id: &Option<Id>| id.as_ref().map(|id| format!("${id}"));
        json!({
            "message_id": format!("${}", message.id),
            "root_id": name(&message.root),
            "parent_id": name(&message.parent),
            "thread_id": name(&message.thread),
            "upper_message_id": name(&message.upper),
            "msg_type": if message.text.is_some() { "text" } else { "merge_forward" },
            "create_time": message.created.to_string(),
            "update_time": message.updated.to_string(),
            "deleted": message.recalled,
            "updated": message.edits > 0,
            "chat_id": format!("${}", message.chat),
            "sender": {
                "id": Self::actor(viewer, message.sender),
                "id_type": id_type,
                "sender_type": sender_type,
            },
            "body": {"content": content},
            "mentions": mentions,
            "message_position": message.position,
            "thread_message_position": message.thread_position,
        })
    }
}

impl Chat {
    pub(crate) fn has(&self, who: Actor) -> bool {
        self.members.iter().any(|member| member.who == who)
    }

    fn is_manager(&self, who: Actor) -> bool {
        self.members.iter().any(|member| member.who == who && member.manager)
    }

    fn is_owner_or_manager(&self, who: Actor) -> bool {
        self.owner == Some(who) || self.is_manager(who)
    }

    /// The owner, and the bot that made the group if it has the scope.
    fn is_owner_or_maker(&self, who: Actor) -> bool {
        let made_it = match who {
            Actor::Bot(bot) => self.maker == Some(bot) && facts::acts_as_owner(bot),
            Actor::User(_) => false,
        };
        self.owner == Some(who) || made_it
    }

    fn may_speak(&self, who: Actor) -> bool {
        let listed = match who {
            Actor::User(user) => self.listed.contains(&user),
            Actor::Bot(_) => false,
        };
        match self.speakers {
            Speakers::All => true,
            Speakers::Owner => self.is_owner_or_manager(who),
            Speakers::Listed => listed || self.is_owner_or_manager(who),
        }
    }

    pub(crate) fn users(&self) -> Vec<User> {
        let users = self.members.iter().filter_map(|member| match member.who {
            Actor::User(user) => Some(user),
            Actor::Bot(_) => None,
        });
        users.collect()
    }

    pub(crate) fn bots(&self) -> Vec<Bot> {
        let bots = self.members.iter().filter_map(|member| match member.who {
            Actor::Bot(bot) => Some(bot),
            Actor::User(_) => None,
        });
        bots.collect()
    }
}
