//! What happens to messages.

use larkspur_api::{
    event::{
        UserIds,
        im::message::{
            message_read_v1,
            reaction::{self, OperatorType, ReactionType},
            recalled_v1::{self, RecallType},
            receive_v1::{self, ChatType, SenderType},
        },
    },
    im::v1::message::MsgType,
    time::Millis,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow, message::MessageRow};

use super::{Scene, actor_ids, user_ids};
use crate::{
    App, Context, Result,
    content::{self, Mentioned},
};

/// Scopes with which an app hears what is said to its bot alone.
const P2P: &[&str] = &["im:message.p2p_msg", "im:message.p2p_msg:readonly"];

/// Scopes with which it hears what is said to it in a group.
const GROUP_AT: &[&str] = &[
    "im:message.group_at_msg",
    "im:message.group_at_msg:readonly",
    "im:message.group_at_msg.include_bot:readonly",
];

/// Scopes with which it hears all that users say in its groups.
const GROUP: &[&str] = &["im:message.group_msg", "im:message.group_msg:readonly"];

/// The scope with which it hears bots too, if they mention it.
const INCLUDE_BOT: &str = "im:message.group_at_msg.include_bot:readonly";

fn scene<'a>(tx: &'a Tx<'a>, context: &'a Context, chat: &'a ChatRow) -> Scene<'a> {
    Scene { tx, context, tenant_key: &chat.tenant_key, lane: &chat.chat_id }
}

/// Whether an app's bot is in a chat.
pub(super) fn is_in(view: &View<'_>, app: &App, chat: &ChatRow) -> Result<bool> {
    Ok(app.row.bot && view.member(chat.id, Actor::App(app.row.id))?.is_some())
}

fn has_any(app: &App, scopes: &[&str]) -> bool {
    scopes.iter().any(|scope| app.has_scope(scope))
}

/// Whether an app hears of a message: what it needs depends on where and by whom it was said.
fn may_hear(
    view: &View<'_>,
    app: &App,
    chat: &ChatRow,
    row: &MessageRow,
    mentioned: &[Mentioned],
) -> Result<bool> {
    let me = Actor::App(app.row.id);
    if row.sender == me || !is_in(view, app, chat)? {
        return Ok(false);
    }
    let mentions_me = mentioned.iter().any(|one| one.bot && one.row == app.row.id);
    Ok(match (chat.chat_mode.as_str(), row.sender) {
        ("p2p", Actor::User(user)) => has_any(app, P2P) && app.is_available_to(user),
        ("p2p", Actor::App(_)) => false,
        (_, Actor::User(_)) => has_any(app, GROUP) || (mentions_me && has_any(app, GROUP_AT)),
        (_, Actor::App(_)) => mentions_me && app.has_scope(INCLUDE_BOT),
    })
}

/// A message was sent.
pub(crate) fn received(tx: &Tx<'_>, context: &Context, chat: &ChatRow, row: &MessageRow) -> Result<()> {
    let mentioned = content::mentioned(row);
    scene(tx, context, chat).tell(|app| {
        if may_hear(tx, app, chat, row, &mentioned)? {
            receive(tx, context, app, chat, row, &mentioned).map(Some)
        } else {
            Ok(None)
        }
    })
}

/// A message as an app hears of it.
fn receive(
    view: &View<'_>,
    context: &Context,
    app: &App,
    chat: &ChatRow,
    row: &MessageRow,
    mentioned: &[Mentioned],
) -> Result<receive_v1::Event> {
    let kind = |bot: bool| if bot { SenderType::Bot } else { SenderType::User };
    let mut mentions = Vec::with_capacity(mentioned.len());
    for one in mentioned {
        let actor = if one.bot { Actor::App(one.row) } else { Actor::User(one.row) };
        mentions.push(receive_v1::Mention {
            key: one.key.clone(),
            id: actor_ids(view, context, app, actor)?,
            mentioned_type: Some(kind(one.bot)),
            name: one.name.clone(),
            tenant_key: Some(chat.tenant_key.clone()),
            ..receive_v1::Mention::default()
        });
    }
    let message = receive_v1::Message {
        message_id: row.message_id.as_str().into(),
        root_id: row.root_id.as_deref().map(Into::into),
        parent_id: row.parent_id.as_deref().map(Into::into),
        create_time: Millis(row.created_at),
        update_time: Some(Millis(row.updated_at)),
        chat_id: chat.chat_id.as_str().into(),
        thread_id: row.thread_id.as_deref().map(Into::into),
        chat_type: if chat.chat_mode == "p2p" { ChatType::P2p } else { ChatType::Group },
        message_type: MsgType::from(row.msg_type.as_str()),
        content: content::received(view, row, false)?,
        mentions: (!mentions.is_empty()).then_some(mentions),
        user_agent: matches!(row.sender, Actor::User(_)).then(|| USER_AGENT.to_owned()),
        ..receive_v1::Message::default()
    };
    let sender = receive_v1::Sender {
        sender_id: Some(actor_ids(view, context, app, row.sender)?),
        sender_type: kind(matches!(row.sender, Actor::App(_))),
        tenant_key: chat.tenant_key.clone(),
        ..receive_v1::Sender::default()
    };
    Ok(receive_v1::Event { sender, message, ..receive_v1::Event::default() })
}

/// What users' messages are sent with here.
const USER_AGENT: &str = concat!("Larkspur/", env!("CARGO_PKG_VERSION"));

/// A message was recalled.
pub(crate) fn recalled(
    tx: &Tx<'_>,
    context: &Context,
    chat: &ChatRow,
    row: &MessageRow,
    by: Actor,
) -> Result<()> {
    let recall_type = if row.sender == by {
        RecallType::MessageOwner
    } else if chat.owner == Some(by) {
        RecallType::GroupOwner
    } else {
        RecallType::GroupManager
    };
    let event = recalled_v1::Event {
        message_id: row.message_id.as_str().into(),
        chat_id: chat.chat_id.as_str().into(),
        recall_time: Millis(context.now()),
        recall_type,
        ..recalled_v1::Event::default()
    };
    scene(tx, context, chat).tell(|app| Ok(is_in(tx, app, chat)?.then(|| event.clone())))
}

/// A user read messages of a one-to-one chat: the bot that sent them is told.
pub fn read(tx: &Tx<'_>, context: &Context, chat: &ChatRow, rows: &[MessageRow], reader: i64) -> Result<()> {
    if chat.chat_mode != "p2p" {
        return Ok(());
    }
    scene(tx, context, chat).tell(|app| {
        let its_own = rows.iter().filter(|row| row.sender == Actor::App(app.row.id));
        let message_id_list: Vec<_> = its_own.map(|row| row.message_id.as_str().into()).collect();
        if message_id_list.is_empty() {
            return Ok(None);
        }
        let reader = message_read_v1::Reader {
            reader_id: user_ids(tx, app, reader)?,
            read_time: Millis(context.now()),
            tenant_key: chat.tenant_key.clone(),
            ..message_read_v1::Reader::default()
        };
        Ok(Some(message_read_v1::Event { reader, message_id_list, ..message_read_v1::Event::default() }))
    })
}

/// A reaction, as the events of both kinds have it.
pub struct Reacted<'a> {
    /// The chat of the message.
    pub chat: &'a ChatRow,
    /// The message.
    pub message_id: &'a str,
    /// The emoji.
    pub emoji_type: &'a str,
    /// Who reacted.
    pub by: Actor,
    /// When, in ms.
    pub at: i64,
}

impl Reacted<'_> {
    /// Someone put an emoji to a message.
    pub fn created(&self, tx: &Tx<'_>, context: &Context) -> Result<()> {
        scene(tx, context, self.chat).tell(|app| {
            let Some((user_id, app_id)) = self.operator(tx, context, app)? else { return Ok(None) };
            Ok(Some(reaction::created_v1::Event {
                message_id: self.message_id.into(),
                reaction_type: self.reaction_type(),
                operator_type: self.operator_type(),
                user_id,
                app_id: app_id.map(Into::into),
                action_time: Millis(self.at),
                ..reaction::created_v1::Event::default()
            }))
        })
    }

    /// Someone took an emoji away.
    pub fn deleted(&self, tx: &Tx<'_>, context: &Context) -> Result<()> {
        scene(tx, context, self.chat).tell(|app| {
            let Some((user_id, app_id)) = self.operator(tx, context, app)? else { return Ok(None) };
            Ok(Some(reaction::deleted_v1::Event {
                message_id: self.message_id.into(),
                reaction_type: self.reaction_type(),
                operator_type: self.operator_type(),
                user_id,
                app_id: app_id.map(Into::into),
                action_time: Millis(self.at),
                ..reaction::deleted_v1::Event::default()
            }))
        })
    }

    /// Who did it, for an app whose bot is in the chat.
    fn operator(
        &self,
        view: &View<'_>,
        context: &Context,
        app: &App,
    ) -> Result<Option<(Option<UserIds>, Option<String>)>> {
        if !is_in(view, app, self.chat)? {
            return Ok(None);
        }
        Ok(Some(match self.by {
            Actor::User(user) => (Some(user_ids(view, app, user)?), None),
            Actor::App(bot) => (None, context.apps.get(bot).map(|bot| bot.row.app_id.clone())),
        }))
    }

    fn reaction_type(&self) -> ReactionType {
        ReactionType { emoji_type: self.emoji_type.to_owned(), ..ReactionType::default() }
    }

    fn operator_type(&self) -> OperatorType {
        match self.by {
            Actor::User(_) => OperatorType::User,
            Actor::App(_) => OperatorType::App,
        }
    }
}
