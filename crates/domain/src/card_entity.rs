//! Cards that exist by themselves. An app makes one, sends it once, and changes it for 14 days; whoever reads the
//! message sees it as it is then.
//!
//! Sources: the pages below `/uAjLw4CM/ukTMukTMukTM/cardkit-v1`, and
//! `/uAjLw4CM/ukzMukzMukzM/feishu-cards/streaming-updates-openapi-overview`.

mod batch;
pub mod element;
mod tree;

use larkspur_api::{
    Code, Refusal,
    cardkit::v1::card::{Card as Made, CardType, batch_update, create, id_convert, settings, update},
    code::{card as card_code, cardkit, message as message_code},
    content::{
        Card, MAX_RICH_BYTES,
        card::{CardKind, Fault},
    },
    im::v1::message::MsgType,
};
use larkspur_store::{Actor, Tx, View, card_entity::CardEntityRow, message::State};
use serde_json::{Map, Value};

use crate::{Caller, Context, Failure, Result, card, content};

/// How long a card entity lasts, in ms: 14 days.
const LIFE: i64 = 14 * 24 * 60 * 60 * 1000;

/// How long a card streams after it was turned on, in ms: 10 minutes.
const STREAM_LIFE: i64 = 10 * 60 * 1000;

/// Which of the changes of a card entity one is.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) card_id: &'a str,
    pub(crate) uuid: Option<&'a str>,
    pub(crate) sequence: i64,
}

/// Makes a card entity.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &create::Request) -> Result<Made> {
    let data = parse(&request.data, cardkit::CONTENT_FAILED)?;
    let card = match &request.r#type {
        CardType::CardJson => Card(data),
        CardType::Template => {
            let template = Card(serde_json::json!({"type": "template", "data": data}));
            card::resolve_shown(tx, caller, &template)
                .map_err(|failure| in_own_words(failure, cardkit::CONTENT_FAILED))?
        }
        CardType::Other(_) => {
            return Err(cardkit::INVALID_PARAM.because("type is card_json or template").into());
        }
    };
    check(tx, caller, &card, cardkit::CONTENT_FAILED)?;
    let row = CardEntityRow {
        id: 0,
        card_id: context.card_id(),
        app: caller.app.row.id,
        card: card.0.to_string(),
        sequence: 0,
        streaming_until: streams(&card.0).then(|| context.now() + STREAM_LIFE),
        message: None,
        created_at: context.now(),
    };
    tx.insert_card_entity(&row)?;
    Ok(Made { card_id: row.card_id, ..Made::default() })
}

/// Replaces all of a card entity.
pub fn update(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &update::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    change(tx, context, caller, turn, cardkit::CONTENT_FAILED, |_, card| {
        if request.card.r#type != "card_json" {
            return Err(cardkit::INVALID_PARAM.because("card.type is card_json").into());
        }
        *card = parse(&request.card.data, cardkit::CONTENT_FAILED)?;
        Ok(())
    })
}

/// Changes the settings of a card entity.
pub fn settings(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &settings::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    change(tx, context, caller, turn, cardkit::SETTINGS_FAILED, |_, card| {
        set(card, &parse(&request.settings, cardkit::SETTINGS_FAILED)?)
    })
}

/// Changes parts of a card entity, all or none.
pub fn batch_update(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &batch_update::Request,
) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    let actions = parse(&request.actions, cardkit::INVALID_PARAM);
    change(tx, context, caller, turn, cardkit::CONTENT_FAILED, |_, card| batch::apply(card, &actions?))
}

/// The card entity of a message, made of its card if there is none.
pub fn id_convert(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &id_convert::Request,
) -> Result<Made> {
    let made = |card_id| Ok(Made { card_id, ..Made::default() });
    let unknown = || cardkit::INVALID_PARAM.because("message_id");
    let row = tx.message(request.message_id.as_str())?.filter(|row| row.state == State::Sent);
    let row = row.filter(|row| row.only_for.is_none()).ok_or_else(unknown)?;
    if MsgType::from(row.msg_type.as_str()) != MsgType::Interactive {
        return Err(cardkit::INVALID_PARAM.because("the message is not a card").into());
    }
    if row.sender != Actor::App(caller.app.row.id) {
        return Err(cardkit::OTHER_APP.into());
    }
    if let Some(entity) = tx.card_entity_of_message(row.id)? {
        return made(entity.card_id);
    }
    let card: Value = serde_json::from_str(&row.content).unwrap_or_default();
    if Card(card.clone()).kind() != Some(CardKind::Json2) {
        return Err(cardkit::NOT_SCHEMA_2.into());
    }
    let entity = CardEntityRow {
        id: 0,
        card_id: context.card_id(),
        app: caller.app.row.id,
        streaming_until: streams(&card).then_some(row.created_at + STREAM_LIFE),
        card: row.content,
        sequence: 0,
        message: Some(row.id),
        created_at: row.created_at,
    };
    tx.insert_card_entity(&entity)?;
    made(entity.card_id)
}

/// What is said of a `card_id` that cannot be sent.
pub(crate) fn invalid() -> Fault {
    Fault::new(11_310, "cardid is invalid")
}

/// The card entity that a message is to show: the caller's own, not expired, not sent yet.
pub(crate) fn to_be_sent(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    card_id: &str,
) -> Result<CardEntityRow> {
    let refuse = |fault: &Fault| Failure::from(content::card::refused(fault));
    let row = view.card_entity(card_id)?.ok_or_else(|| refuse(&invalid()))?;
    if row.app != caller.app.row.id {
        return Err(refuse(&Fault::new(300_311, cardkit::OTHER_APP.msg)));
    }
    if context.now() - row.created_at > LIFE {
        return Err(refuse(&Fault::new(200_750, cardkit::EXPIRED.msg)));
    }
    if row.message.is_some() {
        return Err(refuse(&Fault::new(11_310, "card entity has been sent")));
    }
    Ok(row)
}

/// Whether a message shows a card that is being streamed.
pub(crate) fn is_streaming(view: &View<'_>, context: &Context, message: i64) -> Result<bool> {
    let entity = view.card_entity_of_message(message)?;
    Ok(entity.and_then(|entity| entity.streaming_until).is_some_and(|until| until > context.now()))
}

/// Keeps the card entity of a message as what the message shows now.
pub(crate) fn follow(tx: &Tx<'_>, message: i64, card: &Card) -> Result<()> {
    if card.kind() == Some(CardKind::Json2)
        && let Some(entity) = tx.card_entity_of_message(message)?
    {
        tx.update_card_entity(&CardEntityRow { card: card.0.to_string(), ..entity })?;
    }
    Ok(())
}

/// Changes a card entity, and the message that shows it. `failed` is said of a card that cannot be.
pub(crate) fn change(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    turn: Turn<'_>,
    failed: Code,
    edit: impl FnOnce(&CardEntityRow, &mut Value) -> Result<()>,
) -> Result<()> {
    let row = admit(tx, context, caller, turn)?;
    let now = context.now();
    let mut card: Value = serde_json::from_str(&row.card).unwrap_or_default();
    let ended = row.streaming_until.is_some_and(|until| until <= now);
    if ended && streams(&card) {
        set(&mut card, &serde_json::json!({"config": {"streaming_mode": false}}))?;
    }
    let streamed = streams(&card);
    edit(&row, &mut card)?;
    let card = Card(card);
    check(tx, caller, &card, failed)?;
    let streaming_until = match (streamed, streams(&card.0)) {
        (false, true) => Some(now + STREAM_LIFE),
        (true, true) => row.streaming_until,
        // That it ended by itself is remembered: texts are refused in other words then.
        (_, false) => row.streaming_until.filter(|_| ended),
    };
    let row = CardEntityRow { card: card.0.to_string(), sequence: turn.sequence, streaming_until, ..row };
    tx.update_card_entity(&row)?;
    if let Some(uuid) = turn.uuid {
        tx.remember(&key(&row, uuid), &row.card_id, now, row.created_at + LIFE)?;
    }
    if let Some(message) = row.message.map(|message| tx.message_by_row(message)).transpose()?.flatten()
        && message.state == State::Sent
    {
        card::replace(tx, context, &message, &card)?;
    }
    Ok(())
}

/// The card entity, if the caller may make this change of it now.
fn admit(tx: &Tx<'_>, context: &Context, caller: &Caller, turn: Turn<'_>) -> Result<CardEntityRow> {
    let now = context.now();
    let row = tx.card_entity(turn.card_id)?.ok_or(cardkit::UNKNOWN)?;
    if row.app != caller.app.row.id {
        return Err(cardkit::OTHER_APP.into());
    }
    if now - row.created_at > LIFE {
        return Err(cardkit::EXPIRED.into());
    }
    if let Some(uuid) = turn.uuid
        && tx.deduped(&key(&row, uuid), now)?.is_some()
    {
        return Err(cardkit::UUID_CONFLICT.into());
    }
    if let Some(message) = row.message
        && card::is_clicked(tx, context, message)?
    {
        return Err(card_code::INTERACTING.into());
    }
    if turn.sequence <= row.sequence {
        return Err(cardkit::OUT_OF_ORDER.into());
    }
    let streaming = row.streaming_until.is_some_and(|until| until > now);
    if !streaming && !context.pace.allows_entity(row.id, now) {
        return Err(message_code::FREQUENCY_LIMIT.into());
    }
    Ok(row)
}

fn key(row: &CardEntityRow, uuid: &str) -> String {
    format!("cardkit.v1/{}/{uuid}", row.card_id)
}

/// Refuses a card that cannot be that of a card entity.
fn check(view: &View<'_>, caller: &Caller, card: &Card, failed: Code) -> Result<()> {
    if card.0.as_object().is_none_or(Map::is_empty) {
        return Err(cardkit::EMPTY.into());
    }
    if card.kind() != Some(CardKind::Json2) {
        return Err(cardkit::NOT_SCHEMA_2.into());
    }
    if card.0.to_string().len() > MAX_RICH_BYTES {
        return Err(cardkit::TOO_LARGE.into());
    }
    card.check().map_err(|fault| of_fault(&fault, failed))?;
    card::check_references(view, caller, card).map_err(|failure| in_own_words(failure, failed))
}

/// What the card service says, with the numbers that card entities have for it.
fn of_fault(fault: &Fault, failed: Code) -> Refusal {
    match fault {
        Fault { code: 300_301, message, value, .. } if !message.starts_with("Duplicate") => {
            let value = value.as_deref().unwrap_or_default();
            cardkit::DUPLICATE_ELEMENT.because(format!("{message}: {value}"))
        }
        Fault { code: 300_301, .. } => cardkit::DUPLICATE_ELEMENT.into(),
        Fault { code: 300_302, .. } => cardkit::NOT_SHARED.into(),
        // The page on changing properties has no number of its own for it.
        Fault { message, .. }
            if message == "element exceeds the limit" && failed != cardkit::PROPERTIES_FAILED =>
        {
            cardkit::TOO_MANY_ELEMENTS.into()
        }
        fault => failed.because(fault.to_string()),
    }
}

/// The same of what the message endpoints say.
fn in_own_words(failure: Failure, failed: Code) -> Failure {
    match failure {
        Failure::Refused(refusal) if refusal.code == message_code::CARD_INVALID => {
            failed.because(refusal.detail.unwrap_or_default()).into()
        }
        Failure::Refused(refusal) if refusal.code == message_code::CONTENT_TOO_LONG => {
            cardkit::TOO_LARGE.into()
        }
        other => other,
    }
}

/// JSON in a string.
fn parse(text: &str, failed: Code) -> Result<Value> {
    if text.trim().is_empty() {
        return Err(cardkit::EMPTY.into());
    }
    serde_json::from_str(text).map_err(|error| failed.because(format!("not JSON: {error}")).into())
}

/// Whether a card says that it streams.
fn streams(card: &Value) -> bool {
    card.pointer("/config/streaming_mode") == Some(&Value::Bool(true))
}

/// Puts new settings over the old: those of `config` one by one, `card_link` as a whole.
fn set(card: &mut Value, settings: &Value) -> Result<()> {
    let wrong = |why: &str| Failure::from(cardkit::SETTINGS_FAILED.because(why));
    let settings = settings.as_object().ok_or_else(|| wrong("settings is no object"))?;
    if settings.is_empty() {
        return Err(cardkit::EMPTY.into());
    }
    if let Some(name) = settings.keys().find(|name| !["config", "card_link"].contains(&name.as_str())) {
        return Err(wrong(&format!("unknown property: {name}")));
    }
    let card = card.as_object_mut().ok_or_else(|| wrong("the card is no object"))?;
    if let Some(config) = settings.get("config") {
        let config = config.as_object().ok_or_else(|| wrong("config is no object"))?;
        let old = card.entry("config").or_insert_with(|| Value::Object(Map::new()));
        match old.as_object_mut() {
            Some(old) => old.extend(config.clone()),
            None => *old = Value::Object(config.clone()),
        }
    }
    if let Some(link) = settings.get("card_link") {
        card.insert("card_link".to_owned(), link.clone());
    }
    Ok(())
}
