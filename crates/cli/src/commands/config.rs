//! `larkspur config init|show`

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use clap::{ArgMatches, Command, builder::PossibleValuesParser};
use larkspur::{FEISHU, LARK};
use larkspur_server::Ready;
use serde_json::{Map, Value, json};

use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
    input,
    output::{Format, Success},
    settings::{Config, Profile, config_file, variable},
    tree::{switch, value},
};

const INIT: &str = "\
Examples:
  larkspur config init                                        asks for what it needs
  larkspur config init --app-id cli_… --app-secret-stdin < secret.txt
  larkspur serve --ready-file ready.json & larkspur config init --name local --from-ready ready.json";

pub(crate) fn command() -> Command {
    Command::new("config")
        .about("Keep credentials in profiles")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            Command::new("init")
                .about("Make a profile and use it from now on")
                .after_help(INIT)
                .arg(value("name", "NAME", "What to call it").default_value("default"))
                .arg(value("app-id", "APP_ID", "The app: cli_…"))
                .arg(
                    switch("app-secret-stdin", "Read the secret from stdin")
                        .conflicts_with("app-secret-file"),
                )
                .arg(value("app-secret-file", "PATH", "Read the secret from this file whenever it is needed"))
                .arg(
                    value("brand", "BRAND", "Which of the vendor's platforms")
                        .value_parser(PossibleValuesParser::new(["feishu", "lark"])),
                )
                .arg(value("base-url", "URL", "Another platform").conflicts_with("brand"))
                .arg(switch("test", "Never talk to the vendor's own hosts with this profile"))
                .arg(
                    value(
                        "from-ready",
                        "PATH",
                        "Take all of it from what `larkspur serve` wrote; - for stdin",
                    )
                    .conflicts_with_all([
                        "app-id",
                        "app-secret-stdin",
                        "app-secret-file",
                        "brand",
                        "base-url",
                    ]),
                ),
        )
        .subcommand(
            Command::new("show").about("Show the profiles and what the environment sets, without secrets"),
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let data = match matches.subcommand() {
        Some(("init", matches)) => init(matches)?,
        _ => show()?,
    };
    let common = Common {
        profile: None,
        base_url: None,
        identity: None,
        user: None,
        dry_run: false,
        format: Format::Json,
        jq: None,
    };
    Success::new("none", data).print(&common)?;
    Ok(ExitCode::SUCCESS)
}

fn init(matches: &ArgMatches) -> Result<Value> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let name = text("name").unwrap_or_else(|| "default".to_owned());
    let profile = match text("from-ready") {
        Some(path) => from_ready(&path)?,
        None => from_flags(matches)?,
    };
    let mut config = Config::load()?;
    config.current = Some(name.clone());
    let shown = shown(&profile);
    config.profiles.insert(name.clone(), profile);
    let path = config.save()?;
    Ok(json!({"profile": name, "path": path.display().to_string(), "settings": shown}))
}

fn from_ready(path: &str) -> Result<Profile> {
    let argument = if path == "-" { path.to_owned() } else { format!("@{path}") };
    let text = input::text(&argument, "from-ready")?;
    let ready: Ready = serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!("{path} is not what `larkspur serve` writes: {error}")).param("from-ready")
    })?;
    Ok(Profile {
        base_url: Some(ready.base_url),
        app_id: Some(ready.workspace.app_id),
        app_secret: Some(ready.workspace.app_secret),
        app_secret_file: None,
        test: true,
    })
}

fn from_flags(matches: &ArgMatches) -> Result<Profile> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let base_url = match text("brand").as_deref() {
        Some("lark") => Some(LARK.to_owned()),
        Some(_) => Some(FEISHU.to_owned()),
        None => text("base-url"),
    };
    let interactive = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let missing = |what: &str, hint: &str| Failure::usage(format!("{what} is missing")).hint(hint.to_owned());
    let app_id = match text("app-id") {
        Some(app_id) => app_id,
        None if interactive => {
            ask(dialoguer::Input::<String>::new().with_prompt("App ID (cli_…)").interact_text())?
        }
        None => return Err(missing("--app-id", "without a terminal nothing is asked for: pass --app-id")),
    };
    if app_id.parse::<larkspur::id::AppId>().is_err() {
        return Err(Failure::usage(format!("{app_id:?} is not an app id: expected cli_ and 16 hex digits"))
            .param("app-id"));
    }
    let app_secret_file = text("app-secret-file").map(PathBuf::from);
    let app_secret = match (&app_secret_file, matches.get_flag("app-secret-stdin")) {
        (Some(path), _) => {
            let path = path
                .canonicalize()
                .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
            return Ok(Profile {
                base_url,
                app_id: Some(app_id),
                app_secret: None,
                app_secret_file: Some(path),
                test: matches.get_flag("test"),
            });
        }
        (None, true) => input::text("-", "app-secret-stdin")?.trim().to_owned(),
        (None, false) if interactive => ask(dialoguer::Password::new().with_prompt("App Secret").interact())?,
        (None, false) => {
            return Err(missing(
                "the secret",
                "pass --app-secret-stdin or --app-secret-file: arguments are seen by others",
            ));
        }
    };
    if app_secret.is_empty() {
        return Err(Failure::usage("the secret is empty"));
    }
    Ok(Profile {
        base_url,
        app_id: Some(app_id),
        app_secret: Some(app_secret),
        app_secret_file: None,
        test: matches.get_flag("test"),
    })
}

fn ask<T>(answer: dialoguer::Result<T>) -> Result<T> {
    answer.map_err(|error| Failure::new(Kind::Internal, error.to_string()))
}

fn show() -> Result<Value> {
    let config = Config::load()?;
    let profiles: Map<String, Value> =
        config.profiles.iter().map(|(name, profile)| (name.clone(), shown(profile))).collect();
    let environment: Map<String, Value> = [
        "APP_ID",
        "APP_SECRET",
        "APP_SECRET_FILE",
        "TENANT_ACCESS_TOKEN",
        "USER_ACCESS_TOKEN",
        "ENCRYPT_KEY",
        "VERIFICATION_TOKEN",
        "BASE_URL",
        "BRAND",
        "PROFILE",
        "DEFAULT_AS",
        "USER",
        "CA_FILE",
        "CONFIG_DIR",
        "CACHE_DIR",
        "DATA_DIR",
    ]
    .into_iter()
    .filter_map(|name| {
        let value = variable(name)?;
        let secret =
            ["APP_SECRET", "TENANT_ACCESS_TOKEN", "USER_ACCESS_TOKEN", "ENCRYPT_KEY", "VERIFICATION_TOKEN"];
        let secret = secret.contains(&name);
        Some((name.to_owned(), if secret { masked(&value) } else { value.into() }))
    })
    .collect();
    Ok(json!({
        "path": config_file().map(|path| path.display().to_string()),
        "current": config.current,
        "profiles": profiles,
        "environment": environment,
    }))
}

fn shown(profile: &Profile) -> Value {
    json!({
        "base_url": profile.base_url.as_deref().unwrap_or(FEISHU),
        "app_id": profile.app_id,
        "app_secret": profile.app_secret.as_deref().map(masked),
        "app_secret_file": profile.app_secret_file.as_ref().map(|path| path.display().to_string()),
        "test": profile.test,
    })
}

/// A secret as it may be shown: that it is there, and nothing of it.
fn masked(_: &str) -> Value {
    "********".into()
}
