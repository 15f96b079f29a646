//! Whether an answer has what it must have.

use serde_json::{Map, Value};

/// Says what `got` lacks of `wanted`, and where; nothing if it has all of it.
///
/// An object has to have the fields that are named, a list all of its items. `{$has: …}` and its like ask for
/// less or for something else.
pub(crate) fn missing(at: &str, wanted: &Value, got: Option<&Value>) -> Option<String> {
    if let Value::Object(fields) = wanted
        && fields.keys().any(|name| name.starts_with('$'))
    {
        return fields.iter().find_map(|(name, operand)| asked(at, name, operand, got));
    }
    let place = if at.is_empty() { "the answer" } else { at };
    let Some(got) = got else { return Some(format!("{place} is not there, expected {wanted}")) };
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            wanted.iter().find_map(|(name, value)| missing(&format!("{at}/{name}"), value, got.get(name)))
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            let mut items = (0..).zip(wanted.iter().zip(got));
            items.find_map(|(n, (wanted, got)): (usize, _)| missing(&format!("{at}/{n}"), wanted, Some(got)))
        }
        (Value::Array(wanted), Value::Array(got)) => {
            Some(format!("{place} has {} items, expected {}", got.len(), wanted.len()))
        }
        _ if wanted == got => None,
        _ => Some(format!("{place} is {got}, expected {wanted}")),
    }
}

/// One question about a value.
fn asked(at: &str, name: &str, operand: &Value, got: Option<&Value>) -> Option<String> {
    let place = if at.is_empty() { "the answer" } else { at };
    let text = got.and_then(Value::as_str);
    let items = got.and_then(Value::as_array);
    let holds = match name {
        "$absent" => got.is_none() || got == Some(&Value::Null),
        "$any" => got.is_some_and(|got| !got.is_null()),
        "$len" => {
            items.map(Vec::len).or(text.map(|text| text.chars().count())).map(Value::from).as_ref()
                == Some(operand)
        }
        "$has" => {
            items.is_some_and(|items| items.iter().any(|item| missing(at, operand, Some(item)).is_none()))
        }
        "$lacks" => {
            items.is_none_or(|items| items.iter().all(|item| missing(at, operand, Some(item)).is_some()))
        }
        "$each" => {
            items.is_some_and(|items| items.iter().all(|item| missing(at, operand, Some(item)).is_none()))
        }
        "$not" => missing(at, operand, got).is_some(),
        "$starts" => text.zip(operand.as_str()).is_some_and(|(text, start)| text.starts_with(start)),
        "$contains" => text.zip(operand.as_str()).is_some_and(|(text, part)| text.contains(part)),
        "$json" => {
            let inside = text.and_then(|text| serde_json::from_str(text).ok());
            return missing(&format!("{at}($json)"), operand, inside.as_ref());
        }
        _ => return Some(format!("{name} is no question that can be asked")),
    };
    let got = got.unwrap_or(&Value::Null);
    (!holds).then(|| {
        format!(
            "{place} is {got}, expected {}",
            Value::Object(Map::from_iter([(name.to_owned(), operand.clone())]))
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::missing;

    fn told(wanted: Value, got: Value) -> String {
        missing("", &wanted, Some(&got)).unwrap_or_default()
    }

    #[test]
    fn what_is_not_named_may_be_anything() {
        assert_eq!(told(json!({"a": {"b": 1}}), json!({"a": {"b": 1, "c": 2}, "d": 3})), "");
        assert_eq!(told(json!({"a": 1}), json!({"b": 1})), "/a is not there, expected 1");
        assert_eq!(told(json!({"a": [1]}), json!({"a": [1, 2]})), "/a has 2 items, expected 1");
        assert_eq!(told(json!([{"a": 1}]), json!([{"a": 2}])), "/0/a is 2, expected 1");
    }

    #[test]
    fn questions() {
        let got = json!({"list": [{"n": 1}, {"n": 2}], "text": "{\"n\":1}", "null": null});
        let holds = [
            json!({"list": {"$has": {"n": 2}}}),
            json!({"list": {"$lacks": {"n": 3}, "$len": 2}}),
            json!({"list": {"$each": {"n": {"$any": true}}}}),
            json!({"text": {"$starts": "{", "$contains": "n", "$not": "x"}}),
            json!({"text": {"$json": {"n": 1}}}),
            json!({"null": {"$absent": true}, "other": {"$absent": true}}),
        ];
        for wanted in holds {
            assert_eq!(told(wanted, got.clone()), "");
        }
        assert_eq!(
            told(json!({"text": {"$json": {"n": 2}}}), got.clone()),
            "/text($json)/n is 1, expected 2"
        );
        assert_eq!(
            told(json!({"text": {"$starts": "x"}}), got.clone()),
            r#"/text is "{\"n\":1}", expected {"$starts":"x"}"#
        );
        assert_eq!(told(json!({"text": {"$like": "x"}}), got), "$like is no question that can be asked");
    }
}
