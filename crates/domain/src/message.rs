//! Messages: sending, replying, reading, editing and recalling.

pub mod batch;
pub mod delete;
pub mod ephemeral;
pub mod flag;
pub mod follow_up;
pub mod forward;
pub mod list;
pub mod patch;
pub mod pin;
pub mod reaction;
pub mod read;
pub mod read_mark;
pub mod reply;
pub mod search;
pub mod send;
pub mod update;
pub mod urgent;

use larkspur_api::{
    code::{gateway, message},
    im::v1::message::{I18nNames, Mention, Message, MessageBody, MsgType, Sender, SenderType},
    time::Millis,
    user::UserIdType,
};
use larkspur_store::{
    Actor, View,
    chat::ChatRow,
    message::{MessageRow, State},
};

use crate::{App, Caller, Context, Failure, Result, chat::nature, content, person};

/// What stands in a recalled message when it is listed.
const RECALLED: &str = "This message was recalled";

/// How a message is to be shown.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// In which form users are given; `None` if the caller did not say.
    pub user_id_type: Option<UserIdType>,
    /// Whether cards come as they were sent.
    pub raw_cards: bool,
    /// Whether the sender's name comes along.
    pub sender_name: bool,
    /// Whether a recalled message says so in its content, as in lists.
    pub tell_recalled: bool,
}

/// The bot ability, in the words of the message endpoints.
pub fn check_bot(app: &App) -> Result<()> {
    if app.row.bot { Ok(()) } else { Err(message::BOT_NOT_ACTIVATED.into()) }
}

/// The message that an id names. One of another tenant does not exist.
///
/// Nor does the child of a merged forward: such a message can be read, and that is all.
pub fn find(view: &View<'_>, caller: &Caller, message_id: &str) -> Result<MessageRow> {
    let row = find_with_children(view, caller, message_id)?;
    if row.upper_message_id.is_some() {
        return Err(gateway::MESSAGE_ID_UNKNOWN.because(format!("[{message_id}]")).into());
    }
    Ok(row)
}

/// The same, with the children of merged forwards.
pub(crate) fn find_with_children(view: &View<'_>, caller: &Caller, message_id: &str) -> Result<MessageRow> {
    let unknown = || gateway::MESSAGE_ID_UNKNOWN.because(format!("[{message_id}]"));
    let row = view.message(message_id)?.ok_or_else(unknown)?;
    let chat = view.chat_by_row(row.chat)?.filter(|chat| chat.tenant_key == caller.tenant_key());
    let chat = chat.ok_or_else(unknown)?;
    let seen = is_seen(caller, &row) && !nature::is_hidden(view, caller, &chat, &row)?;
    match row.state {
        _ if seen => Ok(row),
        State::Deleted => Err(message::DELETED.into()),
        _ => Err(message::INVISIBLE.into()),
    }
}

/// The message that an id names, for endpoints whose tables have no word for one that the caller does not see.
pub(crate) fn find_or_unknown(view: &View<'_>, caller: &Caller, message_id: &str) -> Result<MessageRow> {
    find(view, caller, message_id).map_err(|failure| match failure {
        Failure::Refused(refusal) if refusal.code == message::INVISIBLE => {
            gateway::MESSAGE_ID_UNKNOWN.because(format!("[{message_id}]")).into()
        }
        other => other,
    })
}

/// Whether the caller is among those whom a message is for. Who sends to one user alone does not see it again.
pub(crate) fn is_seen(caller: &Caller, row: &MessageRow) -> bool {
    row.only_for.is_none() || row.only_for == caller.user
}

/// A chat that the caller is a member of.
///
/// Of a one-to-one chat the other side must be within the app's availability.
pub(crate) fn check_member(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<()> {
    if chat.tenant_key != caller.tenant_key() || view.member(chat.id, caller.actor())?.is_none() {
        return Err(message::BOT_OUTSIDE_GROUP.into());
    }
    nature::check_internal(caller, chat, message::LACK_OF_PERMISSION)?;
    if chat.chat_mode == "p2p" {
        for other in view.user_members(chat.id, 0, 2)? {
            if let Actor::User(user) = other.member {
                check_reachable(view, &caller.app, user)?;
            }
        }
    }
    Ok(())
}

/// A user whom the app's bot may write to.
pub(crate) fn check_reachable(view: &View<'_>, app: &App, user: i64) -> Result<()> {
    let resigned = view.user_by_row(user)?.is_none_or(|user| user.resigned);
    if resigned || !app.is_available_to(user) { Err(message::NO_AVAILABILITY.into()) } else { Ok(()) }
}

/// Scopes that reading a chat needs besides those of the endpoint.
pub(crate) fn check_read_scope(caller: &Caller, chat: &ChatRow) -> Result<()> {
    let scope = match (caller.user, chat.chat_mode.as_str()) {
        (None, "p2p") => return Ok(()),
        (None, _) => "im:message.group_msg",
        (Some(_), "p2p") => "im:message.p2p_msg:get_as_user",
        (Some(_), _) => "im:message.group_msg:get_as_user",
    };
    if caller.has_scope(scope) {
        Ok(())
    } else {
        Err(message::LACK_OF_PERMISSION.because(format!("need scope: {scope}")).into())
    }
}

/// A message as the API gives it.
pub fn show(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    row: &MessageRow,
    form: &Form,
) -> Result<Message> {
    let recalled = row.state != State::Sent;
    let content = match (recalled, form.tell_recalled) {
        (false, _) => content::received(view, row, form.raw_cards)?,
        (true, true) => RECALLED.to_owned(),
        (true, false) => String::new(),
    };
    let mut mentions = Vec::new();
    if !recalled {
        for one in content::mentioned(row) {
            let (id, id_type) =
                content::mention_id(view, &caller.app, &context.apps, &one, form.user_id_type.as_ref())?;
            mentions.push(Mention {
                key: one.key,
                id,
                id_type,
                name: one.name,
                tenant_key: Some(chat.tenant_key.clone()),
                ..Mention::default()
            });
        }
    }
    Ok(Message {
        message_id: row.message_id.as_str().into(),
        root_id: row.root_id.as_deref().map(Into::into),
        parent_id: row.parent_id.as_deref().map(Into::into),
        thread_id: row.thread_id.as_deref().map(Into::into),
        msg_type: MsgType::from(row.msg_type.as_str()),
        create_time: Millis(row.created_at),
        update_time: Millis(row.updated_at),
        deleted: recalled,
        updated: row.edits > 0,
        chat_id: Some(chat.chat_id.as_str().into()),
        sender: Some(sender(view, context, caller, chat, row.sender, form)?),
        body: Some(MessageBody { content, ..MessageBody::default() }),
        mentions: (!mentions.is_empty()).then_some(mentions),
        upper_message_id: row.upper_message_id.as_deref().map(Into::into),
        message_position: Some(row.position).filter(|position| *position > 0),
        thread_message_position: row.thread_position,
        ..Message::default()
    })
}

fn sender(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    sender: Actor,
    form: &Form,
) -> Result<Sender> {
    let tenant_key = Some(chat.tenant_key.clone());
    let named = |name: &str| form.sender_name.then(|| name.to_owned());
    Ok(match sender {
        Actor::App(app) => {
            let app = context.apps.get(app);
            let row = app.as_ref().map(|app| &app.row);
            Sender {
                id: row.map(|row| row.app_id.clone()).unwrap_or_default(),
                id_type: "app_id".to_owned(),
                sender_type: SenderType::App,
                tenant_key,
                sender_name: row.and_then(|row| named(&row.name)),
                ..Sender::default()
            }
        }
        Actor::User(user) => {
            let id_type = form.user_id_type.clone().unwrap_or_default();
            let user = view.user_by_row(user)?;
            let id = match &user {
                Some(user) => person::name_of(view, &caller.app, &id_type, user)?,
                None => String::new(),
            };
            let i18n = user.as_ref().filter(|_| form.sender_name).map(|user| I18nNames {
                zh_cn: Some(user.name.clone()),
                en_us: Some(user.en_name.clone()),
                ..I18nNames::default()
            });
            Sender {
                id,
                id_type: id_type.as_str().to_owned(),
                sender_type: SenderType::User,
                tenant_key,
                sender_name: user.and_then(|user| named(&user.name)),
                sender_i18n_names: i18n,
                ..Sender::default()
            }
        }
    })
}
