//! Values with holes, `$chat_id` and `${ada.open_id}`, and values that are made, `{$repeat: x, times: 100}`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// What has a name while a scenario runs.
pub(crate) type Variables = BTreeMap<String, Value>;

/// A piece of a text.
enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// `$name`, `${name.with.dots}`; `$$` is a dollar.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        pieces.push(Piece::Text(before));
        let word = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let braced = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        rest = match braced {
            Some((name, next)) => {
                pieces.push(Piece::Name(name));
                next
            }
            None if word > 0 => {
                pieces.push(Piece::Name(&after[..word]));
                &after[word..]
            }
            None => {
                pieces.push(Piece::Text("$"));
                after.strip_prefix('$').unwrap_or(after)
            }
        };
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The names in a text.
pub(crate) fn names_in_text(text: &str, names: &mut BTreeSet<String>) {
    for piece in pieces(text) {
        if let Piece::Name(name) = piece {
            names.insert(name.to_owned());
        }
    }
}

/// The names in a value.
pub(crate) fn names_in(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names_in_text(text, names),
        Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        Value::Object(fields) => fields.values().for_each(|field| names_in(field, names)),
        _ => {}
    }
}

/// The value of a name: `ids.0` is the first of the list `ids`, `ids.n` the one for this turn.
fn lookup(name: &str, variables: &Variables) -> Result<Value, String> {
    if let Some(value) = variables.get(name) {
        return Ok(value.clone());
    }
    let (list, rest) = name.split_once('.').unwrap_or((name, ""));
    let turn = variables.get("n").and_then(Value::as_u64).unwrap_or(1).saturating_sub(1).to_string();
    let steps = rest.split('.').map(|step| if step == "n" { turn.as_str() } else { step });
    let pointer = steps.fold(String::new(), |pointer, step| pointer + "/" + step);
    let value = variables.get(list).and_then(|value| value.pointer(&pointer));
    value.cloned().ok_or_else(|| format!("nothing is called ${name}"))
}

/// Fills the holes of a text.
pub(crate) fn text(text: &str, variables: &Variables) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Name(name) => match lookup(name, variables)? {
                Value::String(text) => filled.push_str(&text),
                other => filled.push_str(&other.to_string()),
            },
        }
    }
    Ok(filled)
}

/// Fills the holes of a value, and makes what is to be made.
pub(crate) fn value(value: &Value, variables: &Variables) -> Result<Value, String> {
    match value {
        Value::String(whole) => {
            let pieces = pieces(whole);
            // A text that is one name keeps the type of what it names.
            let mut said = pieces.iter().filter(|piece| !matches!(piece, Piece::Text("")));
            match (said.next(), said.next()) {
                (Some(Piece::Name(name)), None) => lookup(name, variables),
                _ => text(whole, variables).map(Value::String),
            }
        }
        Value::Array(items) => items.iter().map(|item| self::value(item, variables)).collect(),
        Value::Object(fields) => match made(fields, variables)? {
            Some(made) => Ok(made),
            None => {
                let filled =
                    fields.iter().map(|(name, field)| Ok((name.clone(), self::value(field, variables)?)));
                filled.collect::<Result<Map<_, _>, _>>().map(Value::Object)
            }
        },
        plain => Ok(plain.clone()),
    }
}

/// What `{$json: …}`, `{$repeat: …, times: …}` and `{$list: …, times: …}` stand for.
fn made(fields: &Map<String, Value>, variables: &Variables) -> Result<Option<Value>, String> {
    if let Some(inside) = fields.get("$json") {
        return Ok(Some(Value::String(value(inside, variables)?.to_string())));
    }
    let times = || {
        let times = fields.get("times").and_then(Value::as_u64);
        times.and_then(|times| usize::try_from(times).ok()).ok_or("`times` has to be a number")
    };
    if let Some(Value::String(repeated)) = fields.get("$repeat") {
        return Ok(Some(text(repeated, variables)?.repeat(times()?).into()));
    }
    let Some(listed) = fields.get("$list") else { return Ok(None) };
    let mut variables = variables.clone();
    let items = (1..=times()?).map(|n| {
        variables.insert("n".to_owned(), n.into());
        value(listed, &variables)
    });
    items.collect::<Result<_, _>>().map(|items| Some(Value::Array(items)))
}
