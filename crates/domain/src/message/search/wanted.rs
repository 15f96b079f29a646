//! What is looked for, and whether a message is it.

use std::collections::BTreeSet;

use larkspur_api::im::v1::message::search::FromType;
use larkspur_store::{
    Actor, View,
    message::{MessageRow, State},
};

use super::{
    index,
    terms::{Query, folded},
};
use crate::Result;

/// The most characters that are looked for.
const MAX_QUERY: usize = 50;

/// How many are looked at together.
const AT_ONCE: i64 = 128;

/// What must hold of a message.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) query: Query,
    /// `chat.id`: it stands in one of these.
    chats: BTreeSet<i64>,
    /// One of each of these must be among its terms.
    pub(super) marks: Vec<Vec<String>>,
    /// Nobody of these kinds sent it.
    pub(super) excluded: Vec<FromType>,
    /// Not before, in ms.
    pub(super) from: Option<i64>,
    /// Not after, in ms.
    pub(super) to: Option<i64>,
}

/// A message that was found, and what it says.
pub(super) struct Found {
    pub(super) row: MessageRow,
    pub(super) text: String,
}

impl Wanted {
    /// Takes the words of a query; tells whether it had to be cut.
    pub(super) fn words(&mut self, query: &str) -> bool {
        let cut = query.char_indices().nth(MAX_QUERY);
        self.query = Query::new(cut.and_then(|(end, _)| query.get(..end)).unwrap_or(query));
        cut.is_some()
    }

    /// One of these, if any are named.
    pub(super) fn any(&mut self, marks: Option<Vec<String>>) {
        self.marks.extend(marks.filter(|marks| !marks.is_empty()));
    }

    /// The chats that a user is in, of those that are named, and of a kind.
    pub(super) fn chats(
        &mut self,
        view: &View<'_>,
        user: i64,
        named: Option<&[String]>,
        p2p: Option<bool>,
    ) -> Result<()> {
        let named = named.filter(|ids| !ids.is_empty());
        for chat in view.chats_of(Actor::User(user))? {
            let is_named = named.is_none_or(|ids| ids.contains(&chat.chat_id));
            if is_named && p2p.is_none_or(|p2p| p2p == (chat.chat_mode == "p2p")) {
                self.chats.insert(chat.id);
            }
        }
        // The index finds what stands in one chat fast. Several cost it more than looking at what it finds elsewhere.
        if let (Some(chat), 1) = (self.chats.first(), self.chats.len()) {
            self.marks.push(vec![index::in_chat(*chat)]);
        }
        Ok(())
    }

    /// What the index is asked; nothing if every message may be wanted.
    fn expression(&self) -> Option<String> {
        let mut parts: Vec<String> = self.query.terms().map(str::to_owned).collect();
        let quoted = |marks: &[String]| {
            let quoted: Vec<_> = marks.iter().map(|mark| format!("\"{mark}\"")).collect();
            format!("({})", quoted.join(" OR "))
        };
        parts.extend(self.marks.iter().map(|marks| quoted(marks)));
        (!parts.is_empty()).then(|| parts.join(" AND "))
    }

    /// The messages before a row, at most `limit`.
    pub(super) fn find(&self, view: &View<'_>, mut before: i64, limit: usize) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        // A query of signs alone has no terms.
        if self.chats.is_empty() || !self.query.is_empty() && self.query.terms().next().is_none() {
            return Ok(found);
        }
        let expression = self.expression();
        loop {
            let ids = match &expression {
                Some(expression) => view.messages_with(expression, before, AT_ONCE)?,
                None => view.messages_before(before, AT_ONCE)?,
            };
            let Some(last) = ids.last() else { return Ok(found) };
            before = *last;
            for id in ids {
                if found.len() >= limit {
                    return Ok(found);
                }
                found.extend(self.look(view, id)?);
            }
        }
    }

    /// The message in a row, if it is wanted: terms alone do not tell.
    fn look(&self, view: &View<'_>, id: i64) -> Result<Option<Found>> {
        let Some(row) = view.message_by_row(id)? else { return Ok(None) };
        let then = row.created_at;
        let is_then = self.from.is_none_or(|from| then >= from) && self.to.is_none_or(|to| then <= to);
        let is_listed = row.state == State::Sent && index::is_listed(&row);
        if !is_listed
            || !is_then
            || !self.chats.contains(&row.chat)
            || self.excluded.contains(&kind(row.sender))
        {
            return Ok(None);
        }
        let text = index::text(view, &row)?;
        Ok(self.query.fits(&folded(&text)).then_some(Found { row, text }))
    }
}

fn kind(sender: Actor) -> FromType {
    match sender {
        Actor::User(_) => FromType::User,
        Actor::App(_) => FromType::Bot,
    }
}
