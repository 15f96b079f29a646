//! Cards with variables: which there are, and what becomes of one when a message gives the values.

mod variable;

use std::collections::BTreeMap;

use larkspur_api::{
    code::message,
    content::{Card, MAX_RICH_BYTES, card::Fault},
    platform::card_template::Variable,
};
use larkspur_store::View;
use serde_json::{Map, Value};

use crate::{Caller, Result, content};

/// The card that a template makes with the values of a message.
pub(crate) fn fill(view: &View<'_>, caller: &Caller, card: &Card) -> Result<Card> {
    let data = card.0.get("data").unwrap_or(&Value::Null);
    let text = |name: &str| data.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let template_id = text("template_id").unwrap_or_default();
    let unknown = || {
        Fault::new(200_380, "template does not exist, please confirm whether this template has been released")
            .of(format!("templateID: {template_id}"))
    };
    let found = view.card_template(template_id, text("template_version_name"))?;
    let row = found.ok_or_else(|| content::card::refused(&unknown()))?;
    if row.app != caller.app.home() {
        let fault = Fault::new(
            200_381,
            "template is not visible to app, please confirm whether the app is allowed to use this template",
        );
        let fault = fault.of(format!("{}, templateID: {template_id}", caller.app.row.app_id));
        return Err(content::card::refused(&fault).into());
    }
    let variables: Vec<Variable> = serde_json::from_str(&row.variables).unwrap_or_default();
    let given = match data.get("template_variable") {
        None | Some(Value::Null) => &Map::new(),
        Some(Value::Object(given)) => given,
        Some(_) => {
            return Err(content::card::refused(&Fault::malformed("template_variable is no object")).into());
        }
    };
    let values = values(&variables, given).map_err(|fault| content::card::refused(&fault))?;
    let mut filled: Value = serde_json::from_str(&row.card).unwrap_or_default();
    substitute(&mut filled, &values);
    let filled = Card(filled);
    if filled.0.to_string().len() > MAX_RICH_BYTES {
        return Err(message::CONTENT_TOO_LONG.into());
    }
    content::card::check(&filled)?;
    Ok(filled)
}

/// The value of every variable: the one that is given, else its default, else an empty text. What no variable is called is passed over.
fn values<'a>(
    variables: &'a [Variable],
    given: &Map<String, Value>,
) -> std::result::Result<BTreeMap<&'a str, Value>, Fault> {
    let mut values = BTreeMap::new();
    for variable in variables {
        let value = match given.get(&variable.name).filter(|value| !value.is_null()) {
            Some(value) => {
                variable::check(variable, value)?;
                value.clone()
            }
            None => variable.default.clone().unwrap_or_else(|| Value::from("")),
        };
        values.insert(variable.name.as_str(), value);
    }
    Ok(values)
}

/// Puts values in the place of `${name}`: as they are where nothing stands beside, else as text.
fn substitute(value: &mut Value, values: &BTreeMap<&str, Value>) {
    match value {
        Value::Object(object) => object.values_mut().for_each(|value| substitute(value, values)),
        Value::Array(list) => list.iter_mut().for_each(|value| substitute(value, values)),
        Value::String(text) => {
            let whole = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            if let Some(put) = whole.and_then(|path| look_up(path, values)) {
                *value = put.clone();
            } else if text.contains("${") {
                *value = written(text, values).into();
            }
        }
        _ => {}
    }
}

/// The value behind a name, or a field of one: `name`, `person.id`.
fn look_up<'v>(path: &str, values: &'v BTreeMap<&str, Value>) -> Option<&'v Value> {
    let mut steps = path.trim().split('.');
    let value = values.get(steps.next()?)?;
    steps.try_fold(value, |value, step| value.get(step))
}

fn written(text: &str, values: &BTreeMap<&str, Value>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(path, rest)| Some((look_up(path, values)?, rest)));
        rest = match found {
            Some((Value::String(value), rest)) => {
                out.push_str(value);
                rest
            }
            Some((value, rest)) => {
                out.push_str(&value.to_string());
                rest
            }
            None => {
                out.push_str("${");
                after
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_keep_their_types_where_they_stand_alone() {
        let values = BTreeMap::from([
            ("name", json!("Ada")),
            ("count", json!(3)),
            ("off", json!(true)),
            ("rows", json!([{"a": 1}])),
            ("who", json!({"id": "ou_1"})),
        ]);
        let mut card = json!({
            "a": "${name}", "b": "Hi ${name}, ${count} of ${nothing}", "c": "${off}", "d": "${rows}", "e": ["${who.id}", "${", "${x"]
        });
        substitute(&mut card, &values);
        let expected = json!({
            "a": "Ada", "b": "Hi Ada, 3 of ${nothing}", "c": true, "d": [{"a": 1}], "e": ["ou_1", "${", "${x"]
        });
        assert_eq!(card, expected);
    }
}
