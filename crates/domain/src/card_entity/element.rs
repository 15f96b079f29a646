//! Components and texts of a card entity, by their `element_id`.

use larkspur_api::{
    Code, Refusal,
    cardkit::v1::card_element::{content, create, create::Position, delete, patch, update},
    code::cardkit,
};
use larkspur_store::Tx;
use serde_json::{Map, Value};

use super::{
    Turn, change, parse,
    tree::{self, Spot},
};
use crate::{Caller, Context, Result};

fn missing(code: Code, element_id: &str) -> Refusal {
    code.because(format!("not find elementID : {element_id}"))
}

/// Adds components.
pub fn create(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &create::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    change(tx, context, caller, turn, cardkit::ADD_FAILED, |_, card| {
        let elements = parse(&request.elements, cardkit::ADD_FAILED)?;
        add(card, &request.r#type, request.target_element_id.as_deref(), &elements)
    })
}

/// Puts a component in the place of another.
pub fn update(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &update::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    change(tx, context, caller, turn, cardkit::REPLACE_FAILED, |_, card| {
        replace(card, &request.element_id, &parse(&request.element, cardkit::REPLACE_FAILED)?)
    })
}

/// Changes properties of a component.
pub fn patch(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &patch::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    let failed = cardkit::PROPERTIES_FAILED;
    change(tx, context, caller, turn, failed, |_, card| {
        merge(card, &request.element_id, &parse(&request.partial_element, failed)?, failed)
    })
}

/// Replaces a text while the card streams.
pub fn content(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &content::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    let now = context.now();
    change(tx, context, caller, turn, cardkit::PATCH_FAILED, |row, card| {
        match row.streaming_until {
            None => return Err(cardkit::STREAMING_CLOSED.into()),
            Some(until) if until <= now => return Err(cardkit::STREAMING_TIMEOUT.into()),
            Some(_) => {}
        }
        let element = tree::find(card, &request.element_id);
        let element = element.ok_or_else(|| missing(cardkit::PATCH_FAILED, &request.element_id))?;
        match element.get("tag").and_then(Value::as_str) {
            Some("markdown" | "plain_text") => {}
            _ => return Err(cardkit::NOT_TEXT.into()),
        }
        element.insert("content".to_owned(), request.content.as_str().into());
        Ok(())
    })
}

/// Takes a component out.
pub fn delete(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &delete::Request) -> Result<()> {
    let turn = Turn { card_id: &request.card_id, uuid: request.uuid.as_deref(), sequence: request.sequence };
    change(tx, context, caller, turn, cardkit::DELETE_FAILED, |_, card| remove(card, &request.element_id))
}

pub(super) fn add(
    card: &mut Value,
    position: &Position,
    target: Option<&str>,
    elements: &Value,
) -> Result<()> {
    let target = target.filter(|target| !target.is_empty());
    let needed = || cardkit::INVALID_PARAM.because("target_element_id is required");
    let spot = match (position, target) {
        (Position::InsertBefore, target) => Spot::Before(target.ok_or_else(needed)?),
        (Position::InsertAfter, target) => Spot::After(target.ok_or_else(needed)?),
        (Position::Append, Some(target)) => Spot::In(target),
        (Position::Append, None) => Spot::End,
        (Position::Other(_), _) => {
            return Err(cardkit::INVALID_PARAM
                .because("type is insert_before, insert_after or append")
                .into());
        }
    };
    let elements = elements.as_array().filter(|elements| elements.iter().all(Value::is_object));
    let elements = elements.ok_or_else(|| cardkit::ADD_FAILED.because("elements is no array of objects"))?;
    if elements.is_empty() {
        return Err(cardkit::EMPTY.into());
    }
    tree::insert(card, spot, elements.clone())
        .ok_or_else(|| missing(cardkit::ADD_FAILED, target.unwrap_or_default()).into())
}

pub(super) fn replace(card: &mut Value, element_id: &str, element: &Value) -> Result<()> {
    let new = element.as_object().ok_or_else(|| cardkit::REPLACE_FAILED.because("element is no object"))?;
    if new.is_empty() {
        return Err(cardkit::EMPTY.into());
    }
    let old = tree::find(card, element_id).ok_or_else(|| missing(cardkit::REPLACE_FAILED, element_id))?;
    let mut new = new.clone();
    new.entry("element_id").or_insert_with(|| element_id.into());
    *old = new;
    Ok(())
}

pub(super) fn merge(card: &mut Value, element_id: &str, partial: &Value, failed: Code) -> Result<()> {
    let new = partial.as_object().ok_or_else(|| failed.because("partial_element is no object"))?;
    if new.is_empty() {
        return Err(cardkit::EMPTY.into());
    }
    let old: &mut Map<String, Value> =
        tree::find(card, element_id).ok_or_else(|| missing(failed, element_id))?;
    if new.get("tag").is_some_and(|tag| Some(tag) != old.get("tag")) {
        return Err(cardkit::TAG_FIXED.into());
    }
    old.extend(new.clone());
    Ok(())
}

pub(super) fn remove(card: &mut Value, element_id: &str) -> Result<()> {
    match tree::remove(card, element_id) {
        Some(_) => Ok(()),
        None => Err(missing(cardkit::DELETE_FAILED, element_id).into()),
    }
}
