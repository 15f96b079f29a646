//! Sending a message.

use larkspur_api::{
    code::{chat as chat_code, gateway, message},
    content::{Card, Content, Post},
    im::v1::message::{Message, MsgType, ReceiveIdType},
    platform::chat::ChatKind,
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View,
    card_entity::CardEntityRow,
    chat::ChatRow,
    message::{MessageRow, State},
};

use super::{Form, check_bot, check_member, check_reachable, search, show};
use crate::{
    Caller, Context, Result, card,
    chat::{
        self,
        nature::{self, Nature},
    },
    content::{self, Mentions},
    event, person, resource, tenant,
};

/// How long a `uuid` counts, in ms.
const UUID_LIFE: i64 = 60 * 60 * 1000;

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it says.
    pub content: Content,
    /// Requests with the same value send one message.
    pub uuid: Option<String>,
}

/// Where a message stands in relation to others.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) root_id: Option<String>,
    pub(super) parent_id: Option<String>,
    pub(super) thread_id: Option<String>,
    pub(super) thread_position: Option<i64>,
}

impl Place {
    /// A place of its own. In a group of threads every message starts one.
    pub(super) fn in_chat(context: &Context, chat: &ChatRow) -> Self {
        if chat::Settings::of(chat).is_threaded() {
            Self { thread_id: Some(context.thread_id().into()), thread_position: Some(1), ..Self::default() }
        } else {
            Self::default()
        }
    }
}

/// What a message says, as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) msg_type: String,
    pub(crate) content: String,
    pub(crate) mentions: Option<String>,
}

/// Sends a message to whomever an id names.
pub fn send(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    receive_id_type: &ReceiveIdType,
    receive_id: &str,
    draft: &Draft,
) -> Result<Message> {
    check_bot(&caller.app)?;
    tenant::of(context, caller).check_key()?;
    once(tx, context, caller, "im.v1.message.create", draft.uuid.as_deref(), |tx| {
        let chat = receiver(tx, context, caller, receive_id_type, receive_id)?;
        nature::check_not_stopped(caller, &chat, message::BOT_STOPPED_BY_USER)?;
        if Nature::of(&chat).kind == ChatKind::Connection && draft.content.msg_type() == MsgType::Interactive
        {
            return Err(message::TYPE_UNAVAILABLE_IN_CONNECTION_GROUP.into());
        }
        send_to(tx, context, caller, &chat, &draft.content)
    })
}

/// Sends a message to a chat that is known.
pub(crate) fn send_to(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    content: &Content,
) -> Result<(ChatRow, MessageRow)> {
    post(tx, context, caller, chat, content, Place::in_chat(context, chat))
}

/// Runs `make`, unless a request with the same `uuid` made a message already.
pub(super) fn once(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    endpoint: &str,
    uuid: Option<&str>,
    make: impl FnOnce(&Tx<'_>) -> Result<(ChatRow, MessageRow)>,
) -> Result<Message> {
    let key = uuid.filter(|uuid| !uuid.is_empty()).map(|uuid| {
        let user = caller.user.map(|user| user.to_string()).unwrap_or_default();
        format!("{endpoint}/{}/{user}/{uuid}", caller.app.row.id)
    });
    let now = context.now();
    if let Some(key) = &key
        && let Some(message_id) = tx.deduped(key, now)?
        && let Some(row) = tx.message(&message_id)?
        && let Some(chat) = tx.chat_by_row(row.chat)?
    {
        return show(tx, context, caller, &chat, &row, &Form::default());
    }
    let (chat, row) = make(tx)?;
    if let Some(key) = &key {
        tx.remember(key, &row.message_id, now, now + UUID_LIFE)?;
    }
    show(tx, context, caller, &chat, &row, &Form::default())
}

/// The chat that a message goes to. The one-to-one chat with a user is made when it is first needed.
pub(super) fn receiver(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    receive_id_type: &ReceiveIdType,
    receive_id: &str,
) -> Result<ChatRow> {
    let malformed = || message::INVALID_PARAM.because("invalid receive_id");
    let id_type = match receive_id_type {
        ReceiveIdType::ChatId | ReceiveIdType::Other(_) => {
            if !receive_id.starts_with("oc_") {
                return Err(malformed().into());
            }
            return tx.chat_by_chat_id(receive_id)?.ok_or_else(|| message::RECEIVE_ID_INVALID.into());
        }
        ReceiveIdType::Email => {
            if !receive_id.contains('@') {
                return Err(malformed().into());
            }
            let user = tx.user_by_email(caller.tenant_key(), receive_id)?;
            return p2p(tx, context, caller, user.ok_or(message::RECEIVE_ID_INVALID)?.id);
        }
        ReceiveIdType::OpenId => UserIdType::OpenId,
        ReceiveIdType::UnionId => UserIdType::UnionId,
        ReceiveIdType::UserId => UserIdType::UserId,
    };
    let prefix = match id_type {
        UserIdType::OpenId => "ou_",
        UserIdType::UnionId => "on_",
        _ => "",
    };
    if receive_id.is_empty() || !receive_id.starts_with(prefix) {
        return Err(malformed().into());
    }
    if context.apps.by_open_id(receive_id).is_some() {
        return Err(message::INVALID_PARAM
            .because("this operation to bots is currently not supported")
            .into());
    }
    match person::find(tx, &caller.app, &id_type, receive_id)? {
        person::Found::User(user) => p2p(tx, context, caller, user.id),
        person::Found::OtherApp => Err(gateway::OPEN_ID_CROSS_APP.into()),
        person::Found::Nobody if person::is_elsewhere(tx, &caller.app, &id_type, receive_id)? => {
            Err(message::CROSS_TENANT_P2P.into())
        }
        person::Found::Nobody => Err(message::RECEIVE_ID_INVALID.into()),
    }
}

/// The one-to-one chat with a user.
pub(super) fn p2p(tx: &Tx<'_>, context: &Context, caller: &Caller, user: i64) -> Result<ChatRow> {
    if tx.user_by_row(user)?.is_some_and(|user| user.resigned) {
        return Err(message::USER_RESIGNED.into());
    }
    check_reachable(tx, &caller.app, user)?;
    let app = caller.app.row.id;
    match tx.p2p_chat(app, user)? {
        Some(chat) => Ok(chat),
        None => chat::create_p2p(tx, context, &caller.app, user, caller.actor()),
    }
}

/// Writes a message to a chat, if the caller may speak there and may send what it refers to.
pub(super) fn post(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    content: &Content,
    place: Place,
) -> Result<(ChatRow, MessageRow)> {
    check_may_speak(tx, caller, chat)?;
    if matches!(Nature::of(chat).kind, ChatKind::Secret | ChatKind::Encrypted) {
        return Err(message::ENCRYPTED.into());
    }
    if let Content::Interactive(card) = content {
        return post_card(tx, context, caller, chat, card, place);
    }
    check_references(tx, caller, chat, content)?;
    let mut mentions = Mentions::new(tx, &caller.app, &context.apps);
    let stored = content::with_keys(content, &mut mentions)?;
    if mentions.mentions_all() && !chat::may_mention_all(tx, caller, chat)? {
        return Err(message::FORBIDDEN_BY_CHAT.into());
    }
    tenant::of(context, caller).check_content(caller, &stored)?;
    let mentions = mentions.into_column();
    let stored = Stored { msg_type: content.msg_type().as_str().to_owned(), content: stored, mentions };
    write(tx, context, caller, chat, stored, place)
}

/// Writes a card to a chat: the one that a template makes, or a card entity as it is now.
fn post_card(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    card: &Card,
    place: Place,
) -> Result<(ChatRow, MessageRow)> {
    let card::Resolved { card, entity } = card::resolve(tx, context, caller, card)?;
    card::check_references(tx, caller, &card)?;
    if card.references().everyone && !chat::may_mention_all(tx, caller, chat)? {
        return Err(message::FORBIDDEN_BY_CHAT.into());
    }
    let stored = Stored {
        msg_type: MsgType::Interactive.as_str().to_owned(),
        content: card.0.to_string(),
        mentions: None,
    };
    tenant::of(context, caller).check_content(caller, &stored.content)?;
    let written = write(tx, context, caller, chat, stored, place)?;
    if let Some(entity) = entity {
        tx.update_card_entity(&CardEntityRow { message: Some(written.1.id), ..entity })?;
    }
    Ok(written)
}

/// Writes what was checked to a chat, if it is not one message too many.
pub(super) fn write(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    stored: Stored,
    place: Place,
) -> Result<(ChatRow, MessageRow)> {
    // Nobody slows people down.
    if caller.user.is_none() && !context.pace.allows(chat.id, context.now()) {
        return Err(message::FREQUENCY_LIMIT.into());
    }
    insert(tx, context, caller, chat, stored, place)
}

/// The same, however many there are.
pub(super) fn insert(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    chat: &ChatRow,
    stored: Stored,
    place: Place,
) -> Result<(ChatRow, MessageRow)> {
    // A clock that was set back must not reorder the chat.
    let now = context.now().max(chat.active_at);
    let mut row = MessageRow {
        id: 0,
        message_id: context.message_id().into(),
        chat: chat.id,
        sender: caller.actor(),
        msg_type: stored.msg_type,
        content: stored.content,
        mentions: stored.mentions,
        root_id: place.root_id,
        parent_id: place.parent_id,
        thread_id: place.thread_id,
        upper_message_id: None,
        only_for: None,
        position: chat.last_position + 1,
        thread_position: place.thread_position,
        state: State::Sent,
        edits: 0,
        created_at: now,
        updated_at: now,
    };
    row.id = tx.insert_message(&row)?;
    search::index::put(tx, &row)?;
    tx.touch_chat(chat.id, row.position, now)?;
    event::message::received(tx, context, chat, &row)?;
    Ok((chat.clone(), row))
}

/// A chat that exists, has the caller as a member, and lets it speak.
pub(super) fn check_may_speak(view: &View<'_>, caller: &Caller, chat: &ChatRow) -> Result<()> {
    if chat.tenant_key != caller.tenant_key() {
        return Err(message::BOT_OUTSIDE_GROUP.into());
    }
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    check_member(view, caller, chat)?;
    nature::check_not_muted(chat, message::SEND_DENIED)?;
    if chat::may_speak(view, caller, chat)? { Ok(()) } else { Err(message::FORBIDDEN_BY_CHAT.into()) }
}

/// Everything that content refers to exists, and the caller may send it.
pub(crate) fn check_references(
    view: &View<'_>,
    caller: &Caller,
    chat: &ChatRow,
    content: &Content,
) -> Result<()> {
    check_system(caller, chat, content)?;
    check_objects(view, caller, content)
}

/// The same, wherever it is sent.
pub(super) fn check_objects(view: &View<'_>, caller: &Caller, content: &Content) -> Result<()> {
    let app = &caller.app;
    let msg_type = content.msg_type();
    match content {
        Content::Text(_) | Content::System(_) => Ok(()),
        Content::Image(image) => resource::check_sendable_image(view, app, image.image_key.as_str()),
        Content::File(file) => {
            resource::check_sendable_file(view, app, file.file_key.as_str(), &msg_type).map(drop)
        }
        Content::Audio(audio) => {
            resource::check_sendable_file(view, app, audio.file_key.as_str(), &msg_type).map(drop)
        }
        Content::Media(media) => {
            resource::check_sendable_file(view, app, media.file_key.as_str(), &msg_type)?;
            let mut cover = media.image_key.iter().filter(|key| !key.as_str().is_empty());
            cover.try_for_each(|key| resource::check_sendable_image(view, app, key.as_str()))
        }
        Content::Post(post) => check_post_references(view, caller, post),
        // A bot sends only stickers it was sent, and keeps none yet.
        Content::Sticker(_) => Err(message::INVALID_PARAM.because("invalid file_key").into()),
        Content::Interactive(card) => card::check_references(view, caller, card),
        Content::ShareChat(share) => {
            let shared = view.chat_by_chat_id(share.chat_id.as_str())?;
            let shared = shared.filter(|shared| shared.tenant_key == caller.tenant_key());
            let shared = shared.ok_or_else(|| message::INVALID_PARAM.because("invalid chat_id"))?;
            if shared.chat_mode == "p2p" {
                return Err(message::P2P_NOT_SHAREABLE.into());
            }
            if view.member(shared.id, caller.actor())?.is_none() {
                return Err(message::BOT_OUTSIDE_GROUP.into());
            }
            Ok(())
        }
        Content::ShareUser(share) => {
            match person::find(view, app, &UserIdType::OpenId, share.user_id.as_str())? {
                person::Found::User(user) if app.is_available_to(user.id) => Ok(()),
                person::Found::User(_) => Err(message::NO_AVAILABILITY.into()),
                person::Found::OtherApp => Err(gateway::OPEN_ID_CROSS_APP.into()),
                person::Found::Nobody => Err(message::INVALID_PARAM.because("invalid user_id").into()),
            }
        }
    }
}

pub(super) fn check_post_references(view: &View<'_>, caller: &Caller, post: &Post) -> Result<()> {
    for key in content::post::resources(post) {
        if key.starts_with("file") {
            resource::check_sendable_file(view, &caller.app, &key, &MsgType::Media)?;
        } else {
            resource::check_sendable_image(view, &caller.app, &key)?;
        }
    }
    Ok(())
}

/// A dividing line goes to one user, from a bot that has the scope.
fn check_system(caller: &Caller, chat: &ChatRow, content: &Content) -> Result<()> {
    const SCOPE: &str = "im:message:send_sys_msg";
    if !matches!(content, Content::System(_)) {
        return Ok(());
    }
    if matches!(caller.actor(), Actor::User(_)) {
        return Err(message::INVALID_PARAM
            .because("sending system messages as a user is not supported")
            .into());
    }
    if chat.chat_mode != "p2p" {
        return Err(message::INVALID_PARAM
            .because("sending system messages in group chats is not supported")
            .into());
    }
    if !caller.has_scope(SCOPE) {
        return Err(message::LACK_OF_PERMISSION.because(format!("need scope: {SCOPE}")).into());
    }
    Ok(())
}
