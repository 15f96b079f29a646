//! `larkspur schema [NAME]`: the contract as JSON Schema.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use larkspur_api::endpoint::{Field, Kind, Meta, Place, Scopes, find, registry};
use serde_json::{Map, Value, json};

use crate::{
    failure::{Failure, Result},
    output,
};

const AFTER: &str = "\
Examples:
  larkspur schema                         all endpoints, a line each
  larkspur schema im.messages.reply       one of them, as its command is called
  larkspur schema im messages             all of a resource
  larkspur schema im.v1.message.reply     one of them, as the SDKs call it";

pub(crate) fn command() -> Command {
    Command::new("schema")
        .about("Print what an endpoint takes and gives, as JSON Schema")
        .after_help(AFTER)
        .arg(Arg::new("name").value_name("NAME").num_args(0..))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let words: Vec<&str> =
        matches.get_many::<String>("name").into_iter().flatten().map(String::as_str).collect();
    let name = words.join(".");
    if name.is_empty() {
        for entry in registry() {
            let command =
                entry.meta.cli.map(|cli| format!("{} {cli}", entry.meta.project())).unwrap_or_default();
            output::line(&format!("{:<48} {:<44} {}", entry.meta.id, command, entry.meta.summary()))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let answer = match matching(&name).as_slice() {
        [] => {
            return Err(Failure::usage(format!("there is no endpoint {name:?}"))
                .hint("`larkspur schema` lists them all"));
        }
        [one] => describe(one),
        many => Value::Array(many.iter().map(|meta| describe(meta)).collect()),
    };
    output::line(&serde_json::to_string_pretty(&answer).unwrap_or_default())?;
    Ok(ExitCode::SUCCESS)
}

/// The endpoints that a dotted name means: an id, a command, or the start of either.
fn matching(name: &str) -> Vec<&'static Meta> {
    if let Some(meta) = find(name) {
        return vec![meta];
    }
    let spelled = |meta: &Meta| meta.cli.map(|cli| format!("{}.{}", meta.project(), cli.replace(' ', ".")));
    let all = || registry().into_iter().map(|entry| entry.meta);
    let exact: Vec<_> = all().filter(|meta| spelled(meta).as_deref() == Some(name)).collect();
    if !exact.is_empty() {
        return exact;
    }
    let below = format!("{name}.");
    all()
        .filter(|meta| {
            meta.id.starts_with(&below) || spelled(meta).is_some_and(|spelled| spelled.starts_with(&below))
        })
        .collect()
}

fn describe(meta: &Meta) -> Value {
    let command = meta.cli.map(|cli| format!("{} {}", meta.project(), cli.replace('.', " ")));
    let required: Vec<_> =
        meta.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let properties: Map<String, Value> = meta
        .fields
        .iter()
        .map(|field| {
            let mut schema = of_field(field);
            let place = match field.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Body => "body",
                Place::File => "file",
            };
            schema.insert("x-in".to_owned(), place.into());
            (field.name.to_owned(), schema.into())
        })
        .collect();
    let tokens = [(meta.tenant, "bot"), (meta.user, "user")];
    let access_tokens: Vec<_> =
        tokens.iter().filter(|(scopes, _)| scopes.is_some()).map(|(_, name)| *name).collect();
    let any = |scopes: Option<Scopes>| match scopes {
        Some(Scopes::Any(names)) => names,
        _ => &[],
    };
    let all = |scopes: Option<Scopes>| match scopes {
        Some(Scopes::All(names)) => names,
        _ => &[],
    };
    let doc = if meta.doc.is_empty() {
        Value::Null
    } else {
        format!("https://open.feishu.cn/document{}", meta.doc).into()
    };
    let mut answer = json!({
        "name": command.unwrap_or_else(|| meta.id.to_owned()),
        "description": meta.about,
        "inputSchema": {"type": "object", "required": required, "properties": properties},
        "outputSchema": output(meta),
        "_meta": {
            "envelope_version": "1.0",
            "id": meta.id,
            "method": meta.method.as_str(),
            "path": meta.path,
            "scopes": any(meta.tenant),
            "required_scopes": all(meta.tenant),
            "user_scopes": any(meta.user),
            "required_user_scopes": all(meta.user),
            "access_tokens": access_tokens,
            "danger": false,
            "risk": if meta.write { "write" } else { "read" },
            "rate_limit": {"per_minute": meta.rate.per_minute, "per_second": meta.rate.per_second},
            "errors": meta.errors.iter().map(|code| json!({"code": code.number, "msg": code.msg})).collect::<Vec<_>>(),
            "doc_url": doc,
        },
    });
    if let Some(example) = meta.example.and_then(|example| serde_json::from_str::<Value>(example).ok()) {
        answer["inputSchema"]["examples"] = json!([example]);
    }
    answer
}

fn output(meta: &Meta) -> Value {
    if meta.binary {
        return json!({"type": "string", "format": "binary"});
    }
    object(meta.answer)
}

pub(crate) fn object(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), Value::Object(of_field(field)))).collect();
    json!({"type": "object", "properties": properties})
}

fn of_field(field: &Field) -> Map<String, Value> {
    let mut schema = match of_kind(&field.kind) {
        Value::Object(schema) => schema,
        _ => Map::new(),
    };
    schema.insert("description".to_owned(), field.doc.into());
    let list = matches!(field.kind, Kind::List(_));
    let rules = [
        ("minimum", field.rules.min),
        ("maximum", field.rules.max),
        (
            if list { "minItems" } else { "minLength" },
            field.rules.min_len.and_then(|len| i64::try_from(len).ok()),
        ),
        (
            if list { "maxItems" } else { "maxLength" },
            field.rules.max_len.and_then(|len| i64::try_from(len).ok()),
        ),
    ];
    for (name, value) in rules {
        if let Some(value) = value {
            schema.insert(name.to_owned(), value.into());
        }
    }
    if let Some(default) = field.rules.default {
        schema.insert("default".to_owned(), larkspur_api::wire::typed(&field.kind, default));
    }
    schema
}

fn of_kind(kind: &Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Int => json!({"type": "integer"}),
        Kind::Float => json!({"type": "number"}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::File => json!({"type": "string", "format": "binary"}),
        Kind::Any => json!({}),
        Kind::Enum(values) => {
            json!({"type": "string", "enum": values.iter().map(|value| value.value).collect::<Vec<_>>()})
        }
        Kind::IntEnum(values) => {
            let values: Vec<_> = values.iter().filter_map(|value| value.value.parse::<i64>().ok()).collect();
            json!({"type": "integer", "enum": values})
        }
        Kind::List(kind) => json!({"type": "array", "items": of_kind(kind)}),
        Kind::Object(fields) => object(fields),
        Kind::Map(kind) => json!({"type": "object", "additionalProperties": of_kind(kind)}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;

    #[test]
    fn an_endpoint_is_found_by_every_name_it_has() {
        let ids = |name: &str| matching(name).iter().map(|meta| meta.id).collect::<Vec<_>>();
        assert_eq!(ids("im.messages.reply"), ["im.v1.message.reply"]);
        assert_eq!(ids("im.v1.message.reply"), ["im.v1.message.reply"]);
        assert_eq!(ids("im.chat.members.get"), ["im.v1.chat_members.get"]);
        assert!(ids("im.messages").len() >= 7);
        assert!(ids("nothing").is_empty());
        assert!(tree::endpoints("im").count() >= 18);
    }
}
