//! The limits on fields: each of the contract is held, one beyond it is refused.

use larkspur_api::{
    code::gateway,
    endpoint::{Field, Kind, Meta, Place, registry},
    wire::{self, Body},
};
use larkspur_server::Platform;
use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::{Answer, Home};

/// A bound of a field, which may stand in others.
struct Bound {
    /// The fields from the outermost to this one.
    path: Vec<&'static Field>,
    /// `max_len`
    name: &'static str,
    /// A value just beyond it.
    beyond: Value,
}

impl Bound {
    /// `follow_ups[].content`, as the catalogue writes it, or `follow_ups[*].content`, as a refusal does.
    fn field(&self, of_list: &str) -> String {
        let mut text = String::new();
        for (n, field) in self.path.iter().enumerate() {
            text.push_str(field.name);
            if n + 1 < self.path.len() {
                text.push_str(if matches!(field.kind, Kind::List(_)) { of_list } else { "" });
                text.push('.');
            }
        }
        text
    }

    fn code(&self) -> i64 {
        let invalid = self.path.iter().rev().find_map(|field| field.rules.invalid);
        invalid.unwrap_or(gateway::FIELD_VALIDATION_FAILED).number
    }
}

fn bounds(fields: &'static [Field], above: &[&'static Field], found: &mut Vec<Bound>) {
    for field in fields {
        let path = [above, &[field]].concat();
        let mut add = |name, beyond| found.push(Bound { path: path.clone(), name, beyond });
        let rules = &field.rules;
        match field.kind {
            Kind::Int => {
                rules.min.into_iter().for_each(|min| add("min", json!(min - 1)));
                rules.max.into_iter().for_each(|max| add("max", json!(max + 1)));
            }
            Kind::Text => {
                let text = |len| json!("1".repeat(len));
                // An empty parameter of a path or a query is none at all.
                let least = usize::from(field.place != Place::Body);
                rules
                    .min_len
                    .into_iter()
                    .filter(|min| *min > least)
                    .for_each(|min| add("min_len", text(min - 1)));
                rules.max_len.into_iter().for_each(|max| add("max_len", text(max + 1)));
            }
            Kind::List(item) => {
                let list = |len| Value::Array(vec![plain(item); len]);
                let least = usize::from(field.place != Place::Body);
                rules
                    .min_len
                    .into_iter()
                    .filter(|min| *min > least)
                    .for_each(|min| add("min_len", list(min - 1)));
                rules.max_len.into_iter().for_each(|max| add("max_len", list(max + 1)));
            }
            _ => {}
        }
        let inner = match field.kind {
            Kind::Object(inner) => inner,
            Kind::List(Kind::Object(inner)) => *inner,
            _ => &[],
        };
        // Deep enough for what there is; a menu may stand in itself.
        if path.len() < 4 {
            bounds(inner, &path, found);
        }
    }
}

/// A value of a kind that nothing is wrong with.
fn plain(kind: &Kind) -> Value {
    match kind {
        Kind::Int => json!(1),
        Kind::Bool => json!(true),
        Kind::Enum(values) => json!(values[0].value),
        Kind::Object(_) | Kind::Map(_) => json!({}),
        Kind::List(_) => json!([]),
        _ => json!("1"),
    }
}

/// Puts a value where a path leads.
fn put(fields: &mut Map<String, Value>, path: &[&'static Field], value: &Value) {
    let (field, rest) = path.split_first().expect("a path");
    if rest.is_empty() {
        fields.insert(field.name.to_owned(), value.clone());
        return;
    }
    let mut inner = Map::new();
    put(&mut inner, rest, value);
    let is_list = matches!(field.kind, Kind::List(_));
    fields.insert(field.name.to_owned(), if is_list { json!([inner]) } else { inner.into() });
}

async fn send(home: &Home, meta: &Meta, fields: Map<String, Value>) -> Answer {
    let wire = wire::encode_fields(meta, fields, Vec::new()).expect("a request");
    let url = format!("{}{}", home.platform.base_url(), wire.target());
    let method: Method = wire.method.as_str().parse().expect("a method");
    let mut request = reqwest::Client::new().request(method, url).bearer_auth(&home.token);
    if let Body::Json(body) = &wire.body {
        request = request.json(body);
    }
    home.send(request).await
}

#[tokio::test]
async fn one_beyond_any_bound_of_a_field_is_refused() {
    let home = Home::with(Platform::builder().rate_limit(false)).await;
    let mut count = 0;
    let entries = registry();
    // An endpoint for users alone refuses the token before it looks at the fields.
    let metas =
        entries.iter().map(|entry| entry.meta).filter(|meta| meta.tenant.is_some() || !meta.needs_token());
    // The endpoints of OAuth refuse in words of their own.
    for meta in metas.filter(|meta| !meta.is_own() && !meta.is_multipart() && !meta.oauth) {
        let mut found = Vec::new();
        bounds(meta.fields, &[], &mut found);
        for bound in found {
            let mut fields: Map<String, Value> =
                serde_json::from_str(meta.example.unwrap_or("{}")).expect("an example");
            put(&mut fields, &bound.path, &bound.beyond);
            let answer = send(&home, meta, fields).await;
            let at = format!("{} {} {}", meta.id, bound.field("[]"), bound.name);
            assert_eq!(answer.body["code"], bound.code(), "{at}: {answer:?}");
            let named = format!("{}: ", bound.field("[*]"));
            assert!(answer.violations().split("; ").any(|one| one.starts_with(&named)), "{at}: {answer:?}");
            larkspur_fidelity::observe_bound(
                &crate::running().expect("a test"),
                meta.id,
                &bound.field("[]"),
                bound.name,
            );
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
