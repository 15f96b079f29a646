//! Making, changing and dissolving groups.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Chat, Expected, Member, Model, Reasons, code};
use crate::{
    facts,
    op::{Actor, Bot, Change, NewChat, Speakers, User},
};

/// How long the `uuid` of a new group counts: 10 hours from when it was made.
const UUID_LIFE: i64 = 10 * 60 * 60 * 1000;

impl Chat {
    pub(super) fn new(id: String, tenant: &'static str, now: i64) -> Self {
        Self {
            id,
            tenant,
            p2p: None,
            dissolved: false,
            name: String::new(),
            owner: None,
            maker: None,
            members: Vec::new(),
            speakers: Speakers::All,
            listed: Vec::new(),
            public: false,
            threaded: false,
            approval: false,
            only_owner_edits: false,
            only_owner_mentions_all: false,
            only_owner_adds: false,
            only_owner_pins: false,
            no_copies: false,
            length: 0,
            active_at: now,
        }
    }

    pub(super) fn add(&mut self, who: Actor) {
        if !self.has(who) {
            self.members.push(Member { who, manager: false });
        }
    }

    /// The new owner is above the admins and no longer one of them.
    fn give_to(&mut self, owner: Actor) {
        self.owner = Some(owner);
        self.set_manager(owner, false);
    }

    fn set_manager(&mut self, who: Actor, manager: bool) {
        for member in self.members.iter_mut().filter(|member| member.who == who) {
            member.manager = manager;
        }
    }

    /// Takes members out. A group whose owner goes belongs to the first user of those who stay.
    pub(super) fn part(&mut self, leaving: &BTreeSet<Actor>) {
        self.members.retain(|member| !leaving.contains(&member.who));
        self.listed.retain(|user| !leaving.contains(&Actor::User(*user)));
        if self.owner.is_some_and(|owner| leaving.contains(&owner))
            && let Some(heir) = self.users().first()
        {
            self.give_to(Actor::User(*heir));
        }
    }

    /// Whether nobody is there to own the group once these have left.
    pub(super) fn has_no_heir(&self, leaving: &BTreeSet<Actor>) -> bool {
        self.owner.is_some_and(|owner| leaving.contains(&owner))
            && self.users().iter().all(|user| leaving.contains(&Actor::User(*user)))
    }

    /// Why someone may not do to a group what its members may.
    pub(super) fn bars(&self, who: Actor) -> Reasons {
        let mut no = Reasons::default();
        no.when(self.tenant != facts::tenant(who), code::OTHER_TENANT);
        no.when(self.dissolved, code::DISSOLVED);
        no.when(!self.has(who), code::NOT_IN_CHAT);
        no
    }

    /// The admins as users by `user_id`, or by `open_id` where bots are asked for, and as bots.
    pub(super) fn managers(&self, viewer: Bot, by_open_id: bool) -> (Vec<String>, Vec<String>) {
        let (mut users, mut bots) = (Vec::new(), Vec::new());
        for member in self.members.iter().filter(|member| member.manager) {
            match member.who {
                Actor::User(user) if by_open_id => users.push(Model::open_id(viewer, user)),
                Actor::User(user) => users.push(user.to_owned()),
                Actor::Bot(bot) => bots.push(facts::app_id(bot)),
            }
        }
        (users, bots)
    }
}

/// What an answer says of a group.
pub(super) fn show(chat: &Chat) -> Value {
    let owner = match chat.owner {
        Some(Actor::User(user)) => Some(user),
        _ => None,
    };
    let only = |only: bool| if only { "only_owner" } else { "all_members" };
    json!({
        "name": chat.name,
        "owner_id": owner,
        "owner_id_type": owner.map(|_| "user_id"),
        "chat_mode": "group",
        "chat_type": if chat.public { "public" } else { "private" },
        "group_message_type": if chat.threaded { "thread" } else { "chat" },
        "membership_approval": if chat.approval { "approval_required" } else { "no_approval_required" },
        "edit_permission": only(chat.only_owner_edits),
        "at_all_permission": only(chat.only_owner_mentions_all),
        "add_member_permission": only(chat.only_owner_adds),
        "pin_manage_setting": only(chat.only_owner_pins),
        "moderation_permission": speakers(chat.speakers),
    })
}

pub(super) fn speakers(speakers: Speakers) -> &'static str {
    match speakers {
        Speakers::All => "all_members",
        Speakers::Owner => "only_owner",
        Speakers::Listed => "moderator_list",
    }
}

impl Model {
    pub(super) fn create_chat(&mut self, by: Bot, new: &NewChat) -> Expected {
        let key = new.uuid.map(|uuid| format!("chat {by} {:?} {uuid}", new.owner));
        let id = match key.as_ref().and_then(|key| self.made(key)) {
            Some(made) => made,
            None => {
                let mut no = Reasons::default();
                if let Some(owner) = new.owner {
                    no.when(facts::has_resigned(owner), code::RESIGNED);
                    no.when(facts::tenant_of_user(owner) != facts::tenant_of_bot(by), code::OWNER_INVALID);
                }
                for user in &new.users {
                    no.when(facts::has_resigned(user), code::RESIGNED);
                    no.when(facts::tenant_of_user(user) != facts::tenant_of_bot(by), code::UNAVAILABLE_IDS);
                }
                for bot in &new.bots {
                    let ours = facts::tenant_of_bot(bot) == facts::tenant_of_bot(by);
                    no.when(ours && *bot == facts::MUTE, code::NO_BOT);
                    no.when(!ours, code::BOT_UNKNOWN);
                }
                if no.any() {
                    return Some(Err(no));
                }
                let id = format!("g{}", self.step);
                let mut chat = Chat {
                    name: new.name.clone(),
                    owner: Some(new.owner.map_or(Actor::Bot(by), Actor::User)),
                    maker: Some(by),
                    public: new.public,
                    threaded: new.threaded,
                    approval: new.approval,
                    ..Chat::new(id.clone(), facts::tenant_of_bot(by), self.now)
                };
                let users = new.owner.into_iter().chain(new.users.iter().copied()).map(Actor::User);
                let bots = std::iter::once(by).chain(new.bots.iter().copied()).map(Actor::Bot);
                users.chain(bots).for_each(|who| chat.add(who));
                chat.set_manager(Actor::Bot(by), new.owner.is_some() && new.bot_manager);
                self.chats.push(chat);
                self.remember(key, &id, UUID_LIFE);
                id
            }
        };
        let mut shown = show(self.chat(&id)?);
        shown["chat_id"] = format!("${id}").into();
        Some(Ok(shown))
    }

    pub(super) fn update_chat(&mut self, by: Bot, chat: &str, change: Change) -> Expected {
        let taken = |name: &str, tenant: &str| {
            let others = self.chats.iter().filter(|other| other.id != chat && !other.dissolved);
            others.into_iter().any(|other| other.tenant == tenant && other.public && other.name == name)
        };
        let row = self.chat(chat)?;
        let me = Actor::Bot(by);
        let mut no = row.bars(me);
        no.when(row.p2p.is_some(), code::GROUPS_ONLY);
        if !(row.is_owner_or_maker(me) || row.is_manager(me)) {
            no.when(row.only_owner_edits, code::EDIT_FORBIDDEN);
            no.when(!matches!(change, Change::Name(_)), code::ONLY_CERTAIN_PARTS);
        }
        let (name, public) = match &change {
            Change::Name(name) => (name.as_str(), row.public),
            Change::Public(public) => (row.name.as_str(), *public),
            _ => (row.name.as_str(), row.public),
        };
        no.when(public && taken(name, row.tenant), code::NAME_TAKEN);
        if let Change::Owner(user) = change {
            let ours = facts::tenant_of_user(user) == row.tenant;
            no.when(!ours, code::NEW_OWNER_INVALID);
            no.when(ours && !row.has(Actor::User(user)), code::NEW_OWNER_NOT_IN_CHAT);
        }
        if no.any() {
            return Some(Err(no));
        }
        let row = self.chat_mut(chat)?;
        match change {
            Change::Name(name) => row.name = name,
            Change::Owner(user) => row.give_to(Actor::User(user)),
            Change::Public(on) => row.public = on,
            Change::Threaded(on) => row.threaded = on,
            Change::Approval(on) => row.approval = on,
            Change::Edit(on) => row.only_owner_edits = on,
            Change::AtAll(on) => row.only_owner_mentions_all = on,
            Change::AddMembers(on) => row.only_owner_adds = on,
            Change::Pins(on) => row.only_owner_pins = on,
            Change::NoCopies(on) => row.no_copies = on,
        }
        Some(Ok(json!({})))
    }

    pub(super) fn dissolve(&mut self, by: Bot, chat: &str) -> Expected {
        let row = self.chat(chat)?;
        let mut no = row.bars(Actor::Bot(by));
        no.when(row.p2p.is_some(), code::GROUPS_ONLY);
        no.when(!row.is_owner_or_maker(Actor::Bot(by)), code::NOT_THE_OWNER);
        if no.any() {
            return Some(Err(no));
        }
        let row = self.chat_mut(chat)?;
        row.dissolved = true;
        row.members.clear();
        row.listed.clear();
        Some(Ok(json!({})))
    }

    pub(super) fn moderate(
        &mut self,
        by: Bot,
        chat: &str,
        speakers: Speakers,
        add: &[User],
        remove: &[User],
    ) -> Expected {
        let row = self.chat(chat)?;
        let mut no = row.bars(Actor::Bot(by));
        no.when(row.p2p.is_some(), code::CHAT_INVALID_PARAM);
        no.when(!row.is_owner_or_maker(Actor::Bot(by)), code::NOT_THE_OWNER);
        let both = |user: &User| remove.contains(user) && row.has(Actor::User(user));
        no.when(add.iter().any(both), code::CHAT_INVALID_PARAM);
        if no.any() {
            return Some(Err(no));
        }
        let row = self.chat_mut(chat)?;
        if speakers != Speakers::Listed {
            row.listed.clear();
        } else {
            let owner = match row.owner {
                Some(Actor::User(owner)) => Some(owner),
                _ => None,
            };
            let first = owner.filter(|_| row.speakers != Speakers::Listed);
            for user in first.into_iter().chain(add.iter().copied()) {
                if row.has(Actor::User(user)) && !row.listed.contains(&user) {
                    row.listed.push(user);
                }
            }
            row.listed.retain(|user| !remove.contains(user) || owner == Some(*user));
        }
        row.speakers = speakers;
        Some(Ok(json!({})))
    }

    pub(super) fn set_managers(&mut self, by: Bot, chat: &str, who: &crate::op::Who, on: bool) -> Expected {
        let row = self.chat(chat)?;
        let mut no = row.bars(Actor::Bot(by));
        no.when(row.p2p.is_some(), code::CHAT_INVALID_PARAM);
        no.when(row.owner != Some(Actor::Bot(by)), code::ONLY_THE_OWNER);
        let named: Vec<Actor> = who.actors().into_iter().filter(|who| row.has(*who)).collect();
        no.when(named.is_empty(), code::NO_VALID_MEMBERS);
        let unseen = |who: &Actor| matches!(who, Actor::User(user) if !facts::sees(by, user));
        no.when(named.iter().any(unseen), code::UNSEEN);
        if no.any() {
            return Some(Err(no));
        }
        let row = self.chat_mut(chat)?;
        for who in named {
            if row.owner != Some(who) {
                row.set_manager(who, on);
            }
        }
        let (users, bots) = row.managers(by, who.are_bots());
        Some(Ok(json!({"chat_managers": users, "chat_bot_managers": bots})))
    }
}
