//! `larkspur api METHOD PATH`: any call, known to the contract or not.

use std::{path::PathBuf, process::ExitCode};

use clap::{Arg, ArgMatches, Command, value_parser};
use larkspur::wire::{Body, FilePart, Wire};
use larkspur_api::endpoint::{Meta, Method, NO_SCOPE, Rate, find_route};
use serde_json::{Map, Value, json};

use crate::{
    commands::{block_on, im::messages_resources_download::save, resource},
    common::{self, Common},
    failure::{Failure, Result},
    input,
    output::Success,
    plan, settings,
    tree::{switch, value},
};

const AFTER: &str = "\
Examples:
  larkspur api GET /open-apis/im/v1/chats --params '{\"page_size\":50}' --page-all
  larkspur api POST im/v1/messages --params '{\"receive_id_type\":\"chat_id\"}' --data @message.json
  larkspur api POST /open-apis/im/v1/images --data '{\"image_type\":\"message\"}' --file image=cat.png";

/// What is known of an endpoint that the contract does not have.
pub(crate) const UNKNOWN: Meta = Meta {
    id: "",
    method: Method::POST,
    path: "",
    tenant: Some(NO_SCOPE),
    user: Some(NO_SCOPE),
    app: None,
    rate: Rate::UNLIMITED,
    doc: "",
    cli: None,
    about: "",
    write: true,
    flat: false,
    oauth: false,
    errors: &[],
    fields: &[],
    answer: &[],
    binary: false,
    example: None,
};

pub(crate) fn command() -> Command {
    let command = Command::new("api")
        .about("Call any path of the platform")
        .after_help(AFTER)
        .arg(Arg::new("method").value_name("METHOD").required(true))
        .arg(Arg::new("path").value_name("PATH").required(true).help("With or without /open-apis/ before it"))
        .arg(value("params", "JSON", "The query as one object; @FILE and - read it"))
        .arg(value("data", "JSON", "The body; @FILE and - read it"))
        .arg(value("file", "[FIELD=]PATH", "A file to send; the rest of the form is --data"))
        .arg(
            value("output", "PATH", "Where to put a file that is answered; - for stdout")
                .short('o')
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(value("page-size", "N", "How many to a page").value_parser(value_parser!(u64)))
        .arg(switch("page-all", "Get page after page, and print all as one answer"))
        .arg(
            value("page-limit", "N", "How many pages --page-all gets at most; 0 for all")
                .value_parser(value_parser!(u64)),
        );
    common::flags(command)
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let method = method(&text("method").unwrap_or_default())?;
    let path = path(&text("path").unwrap_or_default())?;
    let known = find_route(method.as_str(), &path);
    let mut query = Vec::new();
    if let Some(argument) = text("params") {
        for (name, value) in input::object(&argument, "params")? {
            match value {
                Value::Array(values) => query.extend(values.iter().map(|value| (name.clone(), plain(value)))),
                value => query.push((name, plain(&value))),
            }
        }
    }
    if let Some(size) = matches.get_one::<u64>("page-size") {
        query.push(("page_size".to_owned(), size.to_string()));
    }
    let data = match text("data") {
        None => None,
        Some(argument) => {
            let text = input::text(&argument, "data")?;
            let wrong = |error| Failure::usage(format!("--data is not JSON: {error}")).param("data");
            Some(serde_json::from_str::<Value>(&text).map_err(wrong)?)
        }
    };
    let body = match (text("file"), data) {
        (Some(file), data) => form(&file, known, data)?,
        (None, Some(Value::Object(fields))) if known.is_some_and(|meta| meta.oauth) => {
            Body::Form(fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        (None, Some(data)) => Body::Json(data),
        (None, None) if method == Method::GET => Body::None,
        (None, None) => Body::Json(Map::new().into()),
    };
    let meta = known.unwrap_or(&UNKNOWN);
    let wire = Wire { method, path, query, body };
    if common.dry_run {
        let data = json!({"api": [plan::shown(&wire, None)], "endpoint": known.map(|meta| meta.id)});
        Success { dry_run: true, ..Success::new(settings::caller(meta, &common)?, data) }.print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    if meta.binary {
        let output = matches.get_one::<PathBuf>("output").cloned();
        return block_on(async {
            let client = settings::client(meta, &common)?;
            save(client.download_wire(meta, wire).await?, output, settings::caller(meta, &common)?, &common)
                .await
        });
    }
    let limit = matches.get_one::<u64>("page-limit").copied();
    let pages = (matches.get_flag("page-all") || limit.is_some()).then(|| limit.unwrap_or(0));
    resource::call(meta, wire, &common, pages)
}

fn method(text: &str) -> Result<Method> {
    Ok(match text.to_ascii_uppercase().as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        _ => {
            return Err(Failure::usage(format!("{text:?} is not a method: GET, POST, PUT, PATCH or DELETE")));
        }
    })
}

/// The path of the call: of a whole address its path, and `/open-apis/` before it if it is missing.
fn path(text: &str) -> Result<String> {
    let text = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => text.trim_start_matches('/'),
    };
    if text.contains(['?', '#']) {
        return Err(Failure::usage("the path has a query").hint("pass it with --params"));
    }
    if text.split('/').any(|part| part == ".." || part == ".") {
        return Err(Failure::usage("the path leads outside of itself"));
    }
    let absolute =
        ["open-apis/", "callback/", "oauth/", "_larkspur/"].iter().any(|prefix| text.starts_with(prefix));
    Ok(if absolute { format!("/{text}") } else { format!("/open-apis/{text}") })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn form(file: &str, known: Option<&Meta>, data: Option<Value>) -> Result<Body> {
    let field = known.and_then(|meta| meta.fields_in(larkspur_api::endpoint::Place::File).next());
    let default = field.map_or("file", |field| field.name);
    // A path may hold an equals sign: only a plain word before it names the field.
    let (name, path) = match file.split_once('=') {
        Some((name, path))
            if !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !PathBuf::from(file).exists() =>
        {
            (name, path)
        }
        _ => (default, file),
    };
    let part = match path {
        "-" => FilePart::from(input::stdin(64 * 1024 * 1024)?),
        path => FilePart::from(PathBuf::from(path)),
    };
    let texts = match data {
        None => Vec::new(),
        Some(Value::Object(fields)) => {
            fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect()
        }
        Some(_) => {
            return Err(Failure::usage("with --file, --data is an object of the form's fields").param("data"));
        }
    };
    Ok(Body::Multipart { texts, files: vec![(name.to_owned(), part)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_completed() {
        assert_eq!(path("im/v1/chats").expect("a path"), "/open-apis/im/v1/chats");
        assert_eq!(path("/open-apis/im/v1/chats").expect("a path"), "/open-apis/im/v1/chats");
        assert_eq!(
            path("https://open.feishu.cn/open-apis/im/v1/chats").expect("a path"),
            "/open-apis/im/v1/chats"
        );
        assert!(path("im/v1/chats?page_size=1").is_err());
        assert!(path("im/../secret").is_err());
    }
}
