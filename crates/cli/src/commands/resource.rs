//! `larkspur SERVICE RESOURCE METHOD`: a command for every endpoint, out of its field table.

use std::{path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use larkspur::{
    Client, Progress,
    wire::{self, FileContent, FilePart, Wire},
};
use larkspur_api::endpoint::{Field, Kind, Meta, Place};
use serde_json::{Map, Value, json};

use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Result},
    input,
    output::Success,
    plan, progress, settings,
    tree::{switch, value},
};

/// How many pages `--page-all` gets if nothing else is said.
const PAGES: u64 = 10;

/// `receive_id_type` as a flag is called.
fn flag(name: &str) -> String {
    name.replace('_', "-")
}

/// Flags of these names have a meaning of their own.
fn is_taken(name: &str) -> bool {
    [
        "format",
        "json",
        "jq",
        "profile",
        "base-url",
        "as",
        "dry-run",
        "params",
        "data",
        "file",
        "output",
        "page-all",
        "page-limit",
        "help",
    ]
    .contains(&name)
}

/// Adds the flags of an endpoint.
pub(crate) fn define(meta: &'static Meta, mut command: Command) -> Command {
    for field in meta.fields.iter().filter(|field| field.place != Place::File) {
        let flag = flag(field.name);
        if !is_taken(&flag) {
            command = command.arg(argument(field, flag));
        }
    }
    command = command.arg(
        value("params", "JSON", "Any of the fields as one object; @FILE and - read it. Flags go before it")
            .help_heading("Whole request"),
    );
    if meta.fields_in(Place::Body).next().is_some() {
        command = command.arg(
            value("data", "JSON", "The body as one object; @FILE and - read it")
                .help_heading("Whole request"),
        );
    }
    if let Some(file) = meta.fields_in(Place::File).next() {
        let help = format!("The {}: a file, - for stdin, or {}=PATH", file.name, file.name);
        command = command
            .arg(Arg::new("file").long("file").value_name("PATH").help(help).help_heading("Whole request"));
    }
    if meta.binary {
        command = command.arg(
            value(
                "output",
                "PATH",
                "Where to put the file; - for stdout. By default under the name the platform gives it",
            )
            .short('o')
            .value_parser(value_parser!(PathBuf)),
        );
    }
    if is_paged(meta) {
        command = command
            .arg(switch("page-all", "Get page after page, and print all as one answer").help_heading("Pages"))
            .arg(
                value("page-limit", "N", "How many pages --page-all gets at most; 0 for all there are")
                    .value_parser(value_parser!(u64))
                    .help_heading("Pages"),
            );
    }
    let doc = if meta.doc.is_empty() {
        String::new()
    } else {
        format!("\n\nhttps://open.feishu.cn/document{}", meta.doc)
    };
    let scopes =
        meta.tenant.map(|scopes| format!("\nScopes: {}", scopes.names().join(", "))).unwrap_or_default();
    let about = format!("{}\n\n{} {}{scopes}{doc}", meta.about, meta.method.as_str(), meta.path);
    common::flags(command.about(meta.summary()).long_about(about))
}

fn argument(field: &'static Field, flag: String) -> Arg {
    let mut help = field.doc.to_owned();
    if field.required {
        help.push_str(" [required]");
    }
    if let Some(default) = field.rules.default.filter(|default| !default.is_empty()) {
        help.push_str(&format!(" [default: {default}]"));
    }
    let arg = Arg::new(field.name).long(flag.clone()).help(help);
    let arg = if flag == field.name { arg } else { arg.alias(field.name) };
    match field.kind {
        Kind::Bool => arg
            .num_args(0..=1)
            .default_missing_value("true")
            .require_equals(true)
            .value_name("BOOL")
            .value_parser(PossibleValuesParser::new(["true", "false"])),
        Kind::Enum(values) | Kind::IntEnum(values) => {
            let values: Vec<_> = values.iter().map(|value| value.value).collect();
            arg.value_name("VALUE").value_parser(PossibleValuesParser::new(values))
        }
        Kind::List(Kind::Text) => arg.value_name("A,B").action(ArgAction::Append).value_delimiter(','),
        Kind::List(_) | Kind::Object(_) | Kind::Map(_) | Kind::Any => arg.value_name("JSON"),
        Kind::Int => arg.value_name("N").allow_negative_numbers(true),
        _ => arg.value_name("TEXT").allow_hyphen_values(true),
    }
}

fn is_paged(meta: &Meta) -> bool {
    meta.answer.iter().any(|field| field.name == "has_more")
        && meta.fields.iter().any(|field| field.name == "page_token")
}

/// Runs the command of an endpoint.
pub(crate) fn run(meta: &'static Meta, matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let mut fields = Map::new();
    for name in ["params", "data"] {
        if let Ok(Some(argument)) = matches.try_get_one::<String>(name) {
            fields.extend(input::object(argument, name)?);
        }
    }
    for field in meta.fields.iter().filter(|field| field.place != Place::File) {
        if let Some(value) = given(field, matches)? {
            fields.insert(field.name.to_owned(), value);
        }
    }
    let file = match (meta.fields_in(Place::File).next(), matches.try_get_one::<String>("file")) {
        (Some(field), Ok(Some(argument))) => Some((field.name, file(argument, field.name)?)),
        _ => None,
    };
    fill_in_app(meta, &mut fields, &common)?;
    let mut checked = fields.clone();
    if let Some((name, _)) = &file {
        checked.insert((*name).to_owned(), true.into());
    }
    wire::check(meta, &checked)?;

    let files = file.into_iter().collect();
    let wire = wire::encode_fields(meta, fields, files).map_err(larkspur::Error::from)?;
    if common.dry_run {
        let data = json!({"api": [plan::shown(&wire, None)]});
        Success { dry_run: true, ..Success::new(settings::caller(meta, &common)?, data) }.print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    if meta.binary {
        let output = matches.get_one::<PathBuf>("output").cloned();
        return save(meta, wire, &common, output);
    }
    let page_all = matches.try_get_one::<bool>("page-all").ok().flatten().copied().unwrap_or_default();
    let limit = matches.try_get_one::<u64>("page-limit").ok().flatten().copied();
    let pages = if page_all || limit.is_some() { Some(limit.unwrap_or(PAGES)) } else { None };
    call(meta, wire, &common, pages)
}

/// The page of an app is that of the app one calls as, if no other is named.
pub(crate) fn fill_in_app(meta: &Meta, fields: &mut Map<String, Value>, common: &Common) -> Result<()> {
    let in_path = meta.fields_in(Place::Path).any(|field| field.name == "app_id");
    if meta.is_own() && in_path && !fields.contains_key("app_id") {
        let app_id = settings::app_id(common)?.ok_or_else(|| {
            Failure::usage("no app is named")
                .hint("pass --app-id, set LARKSPUR_APP_ID, or choose a profile with --profile")
                .param("app-id")
        })?;
        fields.insert("app_id".to_owned(), app_id.into());
    }
    Ok(())
}

/// A field as a flag gave it.
fn given(field: &Field, matches: &ArgMatches) -> Result<Option<Value>> {
    if is_taken(&flag(field.name)) {
        return Ok(None);
    }
    let Ok(Some(values)) = matches.try_get_many::<String>(field.name) else { return Ok(None) };
    let values: Vec<_> = values.collect();
    Ok(match (field.kind, values.as_slice()) {
        (_, []) => None,
        (Kind::List(Kind::Text), values) if values.first().is_some_and(|value| value.starts_with('[')) => {
            // A JSON array, which the commas took apart.
            let whole: Vec<_> = values.iter().map(|value| value.as_str()).collect();
            match serde_json::from_str(&whole.join(",")) {
                Ok(list @ Value::Array(_)) => Some(list),
                _ => return Err(unreadable(field, &whole.join(","))),
            }
        }
        (Kind::List(kind @ Kind::Text), values) => {
            Some(Value::Array(values.iter().map(|value| wire::typed(kind, value)).collect()))
        }
        (kind, [value, ..]) => {
            let value = input::text(value, &flag(field.name))?;
            let value = wire::typed(&kind, &value);
            // Text that should have been JSON, or a number, stayed text.
            if value.is_string() && !matches!(kind, Kind::Text | Kind::Enum(_) | Kind::Any) {
                return Err(unreadable(field, value.as_str().unwrap_or_default()));
            }
            Some(value)
        }
    })
}

fn unreadable(field: &Field, value: &str) -> Failure {
    Failure::usage(format!("--{} {value:?} does not read", flag(field.name))).param(&flag(field.name))
}

fn file(argument: &str, name: &str) -> Result<FilePart> {
    let path = argument.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')).unwrap_or(argument);
    if path == "-" {
        return Ok(FilePart::from(input::stdin(64 * 1024 * 1024)?));
    }
    Ok(FilePart::from(PathBuf::from(path)))
}

/// Sends a request and prints the answer, or all pages of it.
pub(crate) fn call(meta: &'static Meta, wire: Wire, common: &Common, pages: Option<u64>) -> Result<ExitCode> {
    let identity = settings::caller(meta, common)?;
    let success = block_on(async {
        let client = settings::client(meta, common)?;
        let progress = uploading(&wire);
        match pages {
            None => {
                let answered = client.call(meta, wire, progress.as_ref()).await?;
                Ok(Success { log_id: answered.log_id, ..Success::new(identity, answered.data) })
            }
            Some(limit) => Ok(Success::new(identity, all_pages(&client, meta, wire, limit).await?)),
        }
    })?;
    success.print(common)?;
    Ok(ExitCode::SUCCESS)
}

fn uploading(wire: &Wire) -> Option<Progress> {
    let wire::Body::Multipart { files, .. } = &wire.body else { return None };
    let name = files.first().and_then(|(_, part)| match &part.content {
        FileContent::Path(path) => Some(path.display().to_string()),
        FileContent::Bytes(_) => part.file_name.clone(),
    });
    progress::bar(name.unwrap_or_else(|| "uploading".to_owned()))
}

/// All pages as one answer. If one of them fails, all of it has failed: half a list is not the list.
pub(crate) async fn all_pages(client: &Client, meta: &Meta, mut wire: Wire, limit: u64) -> Result<Value> {
    let mut whole: Option<Map<String, Value>> = None;
    let mut page = 0;
    loop {
        page += 1;
        let answered = client
            .call(meta, wire.clone(), None)
            .await
            .map_err(|error| Failure::from(error).with("page", page).with("pages_before", page - 1))?;
        let Value::Object(mut data) = answered.data else { break };
        let token = data
            .get("page_token")
            .and_then(Value::as_str)
            .filter(|token| !token.is_empty())
            .map(str::to_owned);
        let more = data.get("has_more") == Some(&Value::Bool(true));
        match &mut whole {
            None => whole = Some(data),
            Some(whole) => {
                for (name, value) in std::mem::take(&mut data) {
                    match (whole.get_mut(&name), value) {
                        (Some(Value::Array(all)), Value::Array(new)) => all.extend(new),
                        (_, value) => drop(whole.insert(name, value)),
                    }
                }
                if !more {
                    whole.shift_remove("page_token");
                }
            }
        }
        let (true, Some(token)) = (more, token) else { break };
        if limit > 0 && page >= limit {
            break;
        }
        wire.query.retain(|(name, _)| name != "page_token");
        wire.query.push(("page_token".to_owned(), token));
    }
    Ok(whole.unwrap_or_default().into())
}

/// Downloads to a file, or to stdout.
fn save(meta: &'static Meta, wire: Wire, common: &Common, output: Option<PathBuf>) -> Result<ExitCode> {
    block_on(async {
        let client = settings::client(meta, common)?;
        let download = client.download_wire(meta, wire).await?;
        let identity = settings::caller(meta, common)?;
        crate::commands::im::messages_resources_download::save(download, output, identity, common).await
    })
}
