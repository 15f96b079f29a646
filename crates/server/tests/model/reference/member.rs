//! Joining, leaving, adding and removing.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Expected, Model, Reasons, code};
use crate::{
    facts,
    op::{Actor, Bot, User, Who},
};

impl Who {
    pub(crate) fn actors(&self) -> Vec<Actor> {
        match self {
            Self::Users(users) => users.iter().copied().map(Actor::User).collect(),
            Self::Bots(bots) => bots.iter().copied().map(Actor::Bot).collect(),
        }
    }

    pub(crate) fn are_bots(&self) -> bool {
        matches!(self, Self::Bots(_))
    }
}

/// How requests name someone: users by `user_id`, bots by `app_id`.
pub(crate) fn wire_id(who: Actor) -> String {
    match who {
        Actor::User(user) => user.to_owned(),
        Actor::Bot(bot) => facts::app_id(bot),
    }
}

impl Model {
    pub(super) fn add_members(&mut self, by: Bot, chat: &str, who: &Who, succeed_type: u8) -> Expected {
        let row = self.chat(chat)?;
        let me = Actor::Bot(by);
        let mut no = row.bars(me);
        no.when(row.p2p.is_some(), code::TYPE_OF_CHAT);
        let privileged = row.is_owner_or_maker(me) || row.is_manager(me);
        no.when(row.only_owner_adds && !privileged, code::NOT_THE_OWNER);

        let (mut good, mut gone, mut unseen, mut unknown) = (vec![], vec![], vec![], vec![]);
        for one in who.actors() {
            let list = match one {
                _ if facts::tenant(one) != facts::tenant(me) => &mut unknown,
                Actor::Bot(bot) if bot == facts::MUTE => &mut gone,
                Actor::User(user) if facts::has_resigned(user) => &mut gone,
                Actor::User(user) if !facts::sees(by, user) => &mut unseen,
                _ => &mut good,
            };
            list.push(one);
        }
        if succeed_type == 0 {
            let code = if who.are_bots() { code::UNAVAILABLE_IDS } else { code::USER_UNKNOWN };
            no.when(!unknown.is_empty(), code);
            no.when(!unseen.is_empty(), code::UNSEEN);
        }
        if succeed_type == 2 {
            let all_good = unknown.is_empty() && unseen.is_empty() && gone.is_empty();
            no.when(!all_good, code::UNAVAILABLE_IDS);
        }
        no.when(good.is_empty() && succeed_type != 1, code::NO_VALID_MEMBERS);
        if no.any() {
            return Some(Err(no));
        }
        let waits = row.approval && !privileged;
        let ids = |some: &[Actor]| some.iter().copied().map(wire_id).collect::<Vec<_>>();
        gone.extend(unseen);
        let answer = json!({
            "invalid_id_list": ids(&gone),
            "not_existed_id_list": ids(&unknown),
            "pending_approval_id_list": if waits { ids(&good) } else { vec![] },
        });
        if !waits {
            let row = self.chat_mut(chat)?;
            good.into_iter().for_each(|who| row.add(who));
        }
        Some(Ok(answer))
    }

    pub(super) fn remove_members(&mut self, by: Bot, chat: &str, who: &Who) -> Expected {
        let row = self.chat(chat)?;
        let me = Actor::Bot(by);
        let mut no = row.bars(me);
        no.when(row.p2p.is_some(), code::CHAT_OR_USER_INVALID);
        let (members, others): (Vec<_>, Vec<_>) = who.actors().into_iter().partition(|who| row.has(*who));
        let leaving: BTreeSet<_> = members.into_iter().collect();
        no.when(leaving.is_empty(), code::NO_VALID_MEMBERS);
        let only_me = leaving.iter().all(|who| *who == me);
        let may = only_me || row.is_owner_or_maker(me) || row.is_manager(me);
        no.when(!may, code::MAY_NOT_REMOVE);
        let takes_owner = row.owner.is_some_and(|owner| owner != me && leaving.contains(&owner));
        no.when(takes_owner, code::OWNER_STAYS);
        no.when(row.has_no_heir(&leaving), code::NO_HEIR);
        if no.any() {
            return Some(Err(no));
        }
        self.chat_mut(chat)?.part(&leaving);
        let others: Vec<_> = others.into_iter().map(wire_id).collect();
        Some(Ok(json!({"invalid_id_list": others})))
    }

    /// A bot joins public groups by itself. A user may come in anywhere: by a link, a code, an invitation.
    pub(super) fn join(&mut self, by: Actor, chat: &str) -> Expected {
        let row = self.chat(chat)?;
        let mut no = Reasons::default();
        no.when(row.tenant != facts::tenant(by), code::OTHER_TENANT);
        no.when(row.dissolved, code::DISSOLVED);
        match by {
            Actor::User(_) => no.when(row.p2p.is_some(), code::TYPE_OF_CHAT),
            Actor::Bot(_) => {
                no.when(row.p2p.is_some() || !row.public, code::GROUPS_ONLY);
                no.when(row.approval && !row.has(by), code::APPROVAL_NEEDED);
            }
        }
        if no.any() {
            return Some(Err(no));
        }
        self.chat_mut(chat)?.add(by);
        Some(Ok(json!({})))
    }

    pub(super) fn leave(&mut self, by: User, chat: &str) -> Expected {
        let row = self.chat(chat)?;
        let leaving = BTreeSet::from([Actor::User(by)]);
        let mut no = row.bars(Actor::User(by));
        no.when(row.p2p.is_some(), code::TYPE_OF_CHAT);
        no.when(row.has_no_heir(&leaving), code::NO_HEIR);
        if no.any() {
            return Some(Err(no));
        }
        self.chat_mut(chat)?.part(&leaving);
        Some(Ok(json!({})))
    }
}
