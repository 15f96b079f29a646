//! `larkspur event schema KEY`

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use larkspur_api::{
    endpoint::Scopes,
    event::{Apps, EventMeta, Schema},
};
use serde_json::{Value, json};

use super::{Shortcut, list::kind};
use crate::{commands::schema::object, failure::Result, feed::keys, output, tree::switch};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "schema", about: "Print what an event holds, as JSON Schema", define, run };

const AFTER: &str = "\
`resolved_output_schema` describes what `event consume` prints without --compact, and
`jq_root_path` where in it the event itself stands.

Examples:
  larkspur event schema im.message.receive_v1
  larkspur event schema card.action.trigger";

fn define(command: Command) -> Command {
    command
        .after_help(AFTER)
        .arg(
            Arg::new("key")
                .value_name("KEY")
                .required(true)
                .help("The event, as `larkspur event list` names it"),
        )
        .arg(switch("json", "It always prints JSON").hide(true))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let key = matches.get_one::<String>("key").map_or("", String::as_str);
    let meta = keys::find(key)?;
    output::line(&serde_json::to_string_pretty(&describe(meta)).unwrap_or_default())?;
    Ok(ExitCode::SUCCESS)
}

fn describe(meta: &EventMeta) -> Value {
    let all = match meta.scopes {
        Scopes::Any(_) => false,
        Scopes::All(_) => true,
    };
    let apps = match meta.apps {
        Apps::All => "all",
        Apps::Custom => "custom",
        Apps::Isv => "isv",
    };
    let example: Value = serde_json::from_str(meta.example).unwrap_or_default();
    json!({
        "key": meta.event_type,
        "kind": kind(meta),
        "description": meta.about,
        "jq_root_path": if meta.schema == Schema::Legacy { "." } else { ".event" },
        "resolved_output_schema": envelope(meta),
        "answer_schema": meta.answer.map(object),
        "scopes": meta.scopes.names(),
        "all_scopes_needed": all,
        "apps": apps,
        "auth_types": ["bot"],
        "long_connection": meta.long_connection,
        "auto_subscribed": meta.auto_subscribed,
        "doc_url": format!("https://open.feishu.cn/document{}", meta.doc),
        "example": example,
    })
}

fn envelope(meta: &EventMeta) -> Value {
    let text = || json!({"type": "string"});
    let event = object(meta.fields);
    match meta.schema {
        Schema::Legacy => event,
        Schema::V1 => {
            let properties =
                json!({"ts": text(), "uuid": text(), "token": text(), "type": text(), "event": event});
            json!({"type": "object", "properties": properties})
        }
        Schema::V2 => {
            let names = ["event_id", "event_type", "create_time", "token", "app_id", "tenant_key"];
            let header: serde_json::Map<String, Value> =
                names.into_iter().map(|name| (name.to_owned(), text())).collect();
            let header = json!({"type": "object", "properties": header});
            let properties = json!({"schema": text(), "header": header, "event": event});
            json!({"type": "object", "properties": properties})
        }
    }
}
