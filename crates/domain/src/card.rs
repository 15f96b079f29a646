//! Cards after they were sent: what everyone sees, what single users see, and the tokens with which an app
//! updates a card that someone clicked.
//!
//! A callback calls [`mint_token`], sends the token along, and calls [`mark_answered`] once the app has
//! answered it. From then on the app may [`update`] the card.
//!
//! Source: `/ukTMukTMukTM/uMDO1YjLzgTN24yM4UjN`.

use larkspur_api::{
    code::{card, message},
    content::{
        Card, Content, MAX_RICH_BYTES,
        card::{CardKind, Fault},
    },
    user::UserIdType,
};
use larkspur_store::{
    Actor, Tx, View,
    card::CardTokenRow,
    card_entity::CardEntityRow,
    message::{MessageRow, State},
};
use serde_json::Value;

use crate::{
    Caller, Context, Failure, Result, card_entity, card_template, content, hook, message as messages, person,
    resource,
};

/// How long a token lasts, in ms: 30 minutes.
const TOKEN_LIFE: i64 = 30 * 60 * 1000;

/// For how many updates a token is good.
const TOKEN_USES: i64 = 2;

/// How long an ended token is remembered, in ms, so that it is told from one that never was: a day.
const REMEMBERED: i64 = 24 * 60 * 60 * 1000;

/// How long an app has to answer a callback, in ms.
const ANSWER_WITHIN: i64 = 3000;

/// What is said of a recording that another app uploaded.
const NO_SOUND: &str = "This application cannot retrieve audio information. Please check if the application used for \
                        uploading audio is the same as the one used for sending messages;";

/// The most bytes of a converted card: 100 KB.
const MAX_CONVERTED_BYTES: usize = 100 * 1024;

/// Makes the token that a callback to an app brings for the card in a message.
pub fn mint_token(tx: &Tx<'_>, context: &Context, app: i64, message: i64) -> Result<String> {
    let now = context.now();
    let row = CardTokenRow {
        token: context.card_token(),
        app,
        message,
        expires_at: now + TOKEN_LIFE,
        uses_left: TOKEN_USES,
        answered: false,
    };
    tx.insert_card_token(&row, now - REMEMBERED)?;
    Ok(row.token)
}

/// Notes that the app has answered the callback that brought a token: now it may be used.
pub fn mark_answered(tx: &Tx<'_>, token: &str) -> Result<()> {
    Ok(tx.answer_card_token(token)?)
}

/// What a card is once templates and card entities stand for what they are.
pub(crate) struct Resolved {
    pub(crate) card: Card,
    /// The card entity that it was, if it was one.
    pub(crate) entity: Option<CardEntityRow>,
}

/// The card that is to be sent.
pub(crate) fn resolve(view: &View<'_>, context: &Context, caller: &Caller, card: &Card) -> Result<Resolved> {
    let (card, entity) = match card.kind() {
        Some(CardKind::Template(_)) => (card_template::fill(view, caller, card)?, None),
        Some(CardKind::Entity(card_id)) => {
            let entity = card_entity::to_be_sent(view, context, caller, card_id)?;
            (Card(serde_json::from_str(&entity.card).unwrap_or_default()), Some(entity))
        }
        _ => (card.clone(), None),
    };
    Ok(Resolved { card, entity })
}

/// The card that is to be shown where a card entity cannot: it is sent once, as a message.
pub(crate) fn resolve_shown(view: &View<'_>, caller: &Caller, card: &Card) -> Result<Card> {
    match card.kind() {
        Some(CardKind::Template(_)) => card_template::fill(view, caller, card),
        Some(CardKind::Entity(_)) => Err(content::card::refused(&card_entity::invalid()).into()),
        _ => Ok(card.clone()),
    }
}

/// Refuses content with a card that names pictures, recordings or people that are not there for the caller.
pub(crate) fn check_references(view: &View<'_>, caller: &Caller, card: &Card) -> Result<()> {
    let app = &caller.app;
    let found = card.references();
    for key in found.images {
        let sendable = match view.image(key)? {
            Some(image) => resource::is_sendable(view, app, image.app)?,
            None => false,
        };
        if !sendable {
            let fault = Fault::new(200_570, "card contains invalid image keys");
            return Err(content::card::refused(&fault.of(format!("image key {key}"))).into());
        }
    }
    for key in found.sounds {
        let sendable = match view.file(key)? {
            Some(file) => resource::is_sendable(view, app, file.app)?,
            None => false,
        };
        if !sendable {
            return Err(content::card::refused(&Fault::new(300_240, NO_SOUND)).into());
        }
        if card.0.pointer("/config/enable_forward") != Some(&Value::Bool(false)) {
            return Err(
                content::card::refused(&Fault::new(300_220, "audio elem don't support forward;")).into()
            );
        }
    }
    let mut nobody = Vec::new();
    for id in found.people {
        if !is_someone(view, caller, id)? {
            nobody.push(id);
        }
    }
    if nobody.is_empty() {
        return Ok(());
    }
    let fault = Fault::new(100_290, "There is an invalid user resource(at/person) in your card");
    Err(content::card::refused(&fault.of(nobody.join(","))).into())
}

/// Whether an id names a user or a bot that the caller's app knows.
fn is_someone(view: &View<'_>, caller: &Caller, id: &str) -> Result<bool> {
    let app = &caller.app;
    if app.is_custom_bot() {
        return Ok(hook::member(view, app, id)?.is_some());
    }
    if let person::Found::User(_) = person::find(view, app, &person::kind_of(id), id)? {
        return Ok(true);
    }
    let bots = view.apps()?;
    Ok(bots.iter().any(|bot| bot.open_id == id && bot.tenant_key == app.row.tenant_key))
}

/// Whether someone clicked the card in a message, and the app has not answered yet. It has 3 seconds.
pub(crate) fn is_clicked(view: &View<'_>, context: &Context, message: i64) -> Result<bool> {
    Ok(view.card_is_clicked(message, context.now() + TOKEN_LIFE - ANSWER_WITHIN)?)
}

/// What a user sees of the card in a message, if it is not what was sent or last shared.
pub fn copy_of(view: &View<'_>, message: &MessageRow, user: i64) -> Result<Option<Card>> {
    let copy = view.card_copy(message.id, user)?;
    Ok(copy.and_then(|copy| serde_json::from_str(&copy).ok()).map(Card))
}

/// Updates a card with the token of a callback: for everyone, or a card that is not shared for the users
/// in its `open_ids`.
pub fn update(tx: &Tx<'_>, context: &Context, caller: &Caller, token: &str, new: &Value) -> Result<()> {
    messages::check_bot(&caller.app)?;
    if token.strip_prefix("c-").is_none_or(str::is_empty) {
        return Err(card::TOKEN_MALFORMED.into());
    }
    let mut new = new.clone();
    let object = new.as_object_mut().ok_or(card::NOT_JSON)?;
    let open_ids = object.shift_remove("open_ids");
    let new = Card(new);
    let content = new.0.to_string();

    let known = tx.card_token(token)?.ok_or(card::TOKEN_EXPIRED)?;
    if known.app != caller.app.row.id {
        return Err(card::OTHER_APP.into());
    }
    if known.expires_at <= context.now() {
        return Err(card::TOKEN_EXPIRED.into());
    }
    if known.uses_left <= 0 {
        return Err(card::TOKEN_USED_UP.into());
    }
    if !known.answered {
        return Err(card::INTERACTING.into());
    }
    let row = tx.message_by_row(known.message)?.ok_or(card::RECALLED)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(card::RECALLED)?;
    if row.state != State::Sent || chat.chat_status != "normal" {
        return Err(card::RECALLED.into());
    }
    if row.sender != Actor::App(known.app) {
        return Err(card::OTHER_APP.into());
    }

    if content.len() > MAX_CONVERTED_BYTES {
        return Err(card::TOO_LARGE.into());
    }
    if content.len() > MAX_RICH_BYTES {
        return Err(card::PARAMETER_INVALID.because("the card exceeds 30 KB").into());
    }
    if new.kind() == Some(CardKind::Json2) && !content::card::is_shared(&new) {
        return Err(card::PARAMETER_INVALID.because("a card of schema 2.0 is always shared").into());
    }
    content::card::check(&new).map_err(in_own_words)?;
    let new = resolve_shown(tx, caller, &new).map_err(in_own_words)?;
    let content = new.0.to_string();
    messages::send::check_references(tx, caller, &chat, &Content::Interactive(new.clone()))
        .map_err(in_own_words)?;
    if content::card::is_shared(&new) {
        replace(tx, context, &row, &new)?;
    } else {
        for user in users(tx, caller, &row, open_ids.as_ref())? {
            tx.put_card_copy(row.id, user, &content, context.now())?;
        }
    }
    tx.use_card_token(token)?;
    Ok(())
}

/// Puts a card in the place of the one in a message, for everyone.
pub(crate) fn replace(tx: &Tx<'_>, context: &Context, row: &MessageRow, new: &Card) -> Result<()> {
    let now = context.now().max(row.created_at);
    tx.set_card(row.id, &new.0.to_string(), now)?;
    messages::search::index::put_again(tx, row.id)?;
    tx.delete_card_copies(row.id)?;
    card_entity::follow(tx, row.id, new)?;
    Ok(())
}

/// The users whose card is to change: members of the chat, by the names the app has for them.
fn users(view: &View<'_>, caller: &Caller, row: &MessageRow, open_ids: Option<&Value>) -> Result<Vec<i64>> {
    let list = match open_ids {
        None | Some(Value::Null) => return Err(card::OPEN_IDS_MISSING.into()),
        Some(Value::Array(list)) if list.is_empty() => return Err(card::OPEN_IDS_MISSING.into()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(card::OPEN_IDS_INVALID.into()),
    };
    let mut users = Vec::with_capacity(list.len());
    for id in list {
        let id = id.as_str().ok_or(card::OPEN_IDS_INVALID)?;
        match person::find(view, &caller.app, &UserIdType::OpenId, id)? {
            person::Found::User(user) if view.member(row.chat, Actor::User(user.id))?.is_some() => {
                users.push(user.id);
            }
            _ => return Err(card::OPEN_IDS_INVALID.into()),
        }
    }
    Ok(users)
}

/// What the message endpoints say of a card, with the number this endpoint has for it.
fn in_own_words(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if refusal.code == message::CARD_INVALID => {
            card::FORMAT_INVALID.because(refusal.detail.unwrap_or_default()).into()
        }
        other => other,
    }
}
