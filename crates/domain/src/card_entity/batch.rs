//! Several changes at once.

use larkspur_api::{cardkit::v1::card_element::create::Position, code::cardkit};
use serde_json::{Map, Value};

use super::{element, parse, set};
use crate::Result;

/// Applies actions, one after the other.
pub(super) fn apply(card: &mut Value, actions: &Value) -> Result<()> {
    let wrong = |why: &str| cardkit::INVALID_PARAM.because(why.to_owned());
    let actions = actions.as_array().ok_or_else(|| wrong("actions is no array"))?;
    for action in actions {
        let name = action.get("action").and_then(Value::as_str).unwrap_or_default();
        let params =
            action.get("params").and_then(Value::as_object).ok_or_else(|| wrong("params is required"))?;
        act(card, name, params)?;
    }
    Ok(())
}

fn act(card: &mut Value, name: &str, params: &Map<String, Value>) -> Result<()> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let element_id = text("element_id").unwrap_or_default();
    match name {
        "partial_update_setting" => set(card, &json(params, "settings", cardkit::SETTINGS_FAILED)?),
        "add_elements" => {
            let position = Position::from(text("type").unwrap_or_default());
            let elements = json(params, "elements", cardkit::ADD_FAILED)?;
            element::add(card, &position, text("target_element_id"), &elements)
        }
        "delete_elements" => {
            let ids = params.get("element_ids").and_then(Value::as_array);
            let ids = ids.ok_or_else(|| cardkit::DELETE_FAILED.because("element_ids is no array"))?;
            ids.iter().try_for_each(|id| element::remove(card, id.as_str().unwrap_or_default()))
        }
        "partial_update_element" => {
            let partial = json(params, "partial_element", cardkit::PATCH_FAILED)?;
            element::merge(card, element_id, &partial, cardkit::PATCH_FAILED)
        }
        "update_element" => {
            element::replace(card, element_id, &json(params, "element", cardkit::REPLACE_FAILED)?)
        }
        other => Err(cardkit::INVALID_PARAM.because(format!("unknown action: {other}")).into()),
    }
}

/// A parameter: JSON, or JSON in a string as the endpoint for it alone has it.
fn json(params: &Map<String, Value>, name: &str, failed: larkspur_api::Code) -> Result<Value> {
    match params.get(name) {
        Some(Value::String(text)) => parse(text, failed),
        Some(value) => Ok(value.clone()),
        None => Err(failed.because(format!("{name} is required")).into()),
    }
}
