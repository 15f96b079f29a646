//! `larkspur auth login`

use std::{io::IsTerminal, process::ExitCode, time::Duration};

use clap::{ArgMatches, Command};
use indicatif::ProgressBar;
use larkspur::{
    Client, Error,
    login::{DeviceLogin, OFFLINE_ACCESS, UserToken},
};
use qrcode::{QrCode, render::unicode::Dense1x2};
use serde_json::{Value, json};

use super::{Shortcut, selection, words};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Kind, Result},
    input,
    output::{self, Success},
    settings::{self, Users},
    signals::Signals,
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "login", about: "Let a user log in, in a browser on any machine", define, run };

const AFTER: &str = "\
An address and a code are shown on stderr; the user opens the one and compares the other, and
the command waits. Several users may be logged in at once: the last one is meant by --as user
until `larkspur auth use` chooses another. Scopes add up: whoever granted some keeps them.

Examples:
  larkspur auth login --scope \"im:message im:message.send_as_user\"
  larkspur auth login --domain im,contact --exclude im:message.group_msg
  larkspur auth login --recommend --no-wait
  larkspur auth login --device-code CODE

Exit code 3 says that the login failed, or that the user granted less than was asked for.";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(value("scope", "SCOPES", "What to ask for, apart by spaces or commas"))
        .arg(
            value(
                "domain",
                "A,B",
                "Ask for what the app may do and commands of these need: im, contact, …, all",
            )
            .value_delimiter(','),
        )
        .arg(switch("recommend", "The same as --domain all"))
        .arg(value("exclude", "SCOPES", "What not to ask for"))
        .arg(switch("qrcode", "Show the address as a QR code too, on stderr"))
        .arg(switch("no-wait", "Print address and device_code, and go on later with --device-code"))
        .arg(
            value("device-code", "CODE", "Go on with a login that --no-wait began; - reads it from stdin")
                .conflicts_with_all(["scope", "domain", "recommend", "exclude", "no-wait", "qrcode"]),
        );
    common::output(common::connection(command))
        .mut_arg("json", |arg| arg.help("Print what happens as it happens, a line of JSON each"))
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let users = settings::users(&common)?;
    let events = matches.get_flag("json");
    let resumed = matches.get_one::<String>("device-code");
    let asked =
        if resumed.is_none() { selection::asked(matches, !events)? } else { selection::Asked::default() };
    block_on(async {
        let app = settings::bot(&common)?;
        let login = match resumed {
            Some(code) => users.tokens.take_up(input::text(code, "device-code")?.trim()),
            None => app.start_login(&asked.scopes(&app).await?.join(" ")).await?,
        };
        if matches.get_flag("qrcode") {
            eprintln!("{}", picture(&login.verification_url)?);
        }
        if matches.get_flag("no-wait") {
            users.tokens.put_aside(&login)?;
            Success::new("none", begun(&login)).print(&common)?;
            return Ok(ExitCode::SUCCESS);
        }
        // Whoever is told the address may stop it at once.
        let signals = Signals::listen()?;
        if resumed.is_none() {
            tell(&login, events)?;
        }
        let before = users.tokens.list()?;
        match wait(&app, &users, &login, signals).await {
            Ok(user) => {
                users.tokens.drop_aside(&login.device_code);
                users.choose(&user).await?;
                finish(&user, before, &login, events, &common)
            }
            Err(failure) => {
                if events {
                    let event = json!({"event": "authorization_failed", "error": failure.message()});
                    output::line(&event.to_string())?;
                }
                Err(failure)
            }
        }
    })
}

fn begun(login: &DeviceLogin) -> Value {
    let next = format!("larkspur auth login --device-code {}", login.device_code);
    json!({
        "verification_url": login.verification_url,
        "user_code": login.user_code,
        "device_code": login.device_code,
        "expires_in": login.expires_in,
        "hint": format!("show verification_url to the user, then run `{next}`, which waits until they have answered"),
    })
}

fn tell(login: &DeviceLogin, events: bool) -> Result<()> {
    if events {
        let event = json!({
            "event": "device_authorization",
            "verification_uri": login.verification_uri,
            "verification_uri_complete": login.verification_url,
            "user_code": login.user_code,
            "expires_in": login.expires_in,
        });
        return output::line(&event.to_string());
    }
    let minutes = login.expires_in.div_euclid(60).max(1);
    eprintln!("[auth] open {}", login.verification_url);
    eprintln!("[auth] the code is {}; there are {minutes} minutes", login.user_code);
    Ok(())
}

/// An address as a QR code, two rows to a line, for light letters on a dark ground.
fn picture(url: &str) -> Result<String> {
    let code = QrCode::new(url).map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    Ok(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

/// Waits for the user, or for being told to stop.
async fn wait(app: &Client, users: &Users, login: &DeviceLogin, signals: Signals) -> Result<UserToken> {
    let spinner = std::io::stderr().is_terminal().then(ProgressBar::new_spinner);
    if let Some(spinner) = &spinner {
        spinner.set_message("waiting for the user");
        spinner.enable_steady_tick(Duration::from_millis(120));
    }
    let answered = tokio::select! {
        answered = login.wait(app, &users.tokens) => answered.map_err(|error| refused(error, users, login)),
        stopped = signals.asked() => {
            stopped?;
            users.tokens.put_aside(login)?;
            let hint = format!("go on with `larkspur auth login --device-code {}`", login.device_code);
            Err(Failure::new(Kind::Authentication, "stopped before the user had answered").hint(hint))
        }
    };
    if let Some(spinner) = &spinner {
        spinner.finish_and_clear();
    }
    answered
}

fn refused(error: Error, users: &Users, login: &DeviceLogin) -> Failure {
    let word = match &error {
        Error::Api(error) => error.word().unwrap_or_default(),
        _ => "",
    };
    let (message, hint) = match word {
        "access_denied" => ("the user refused", "ask the user, and begin again"),
        "expired_token" | "invalid_grant" => (
            "nobody answered in time, or the code was used already",
            "begin again with `larkspur auth login`",
        ),
        _ => return Failure::from(error),
    };
    users.tokens.drop_aside(&login.device_code);
    Failure::new(Kind::Authentication, message).hint(hint).with("subtype", word)
}

/// Tells who logged in, and what of what was asked for was granted.
fn finish(
    user: &UserToken,
    before: Vec<UserToken>,
    login: &DeviceLogin,
    events: bool,
    common: &Common,
) -> Result<ExitCode> {
    let before = before.into_iter().find(|known| known.open_id == user.open_id);
    let before = before.map(|known| words(&known.scope)).unwrap_or_default();
    let granted = words(&user.scope);
    let mut requested = words(&login.scope);
    requested.retain(|scope| scope != OFFLINE_ACCESS || !granted.contains(scope));
    let (had, missing): (Vec<_>, Vec<_>) =
        requested.iter().cloned().partition(|scope| granted.contains(scope));
    let (already, newly): (Vec<_>, Vec<_>) = had.into_iter().partition(|scope| before.contains(scope));
    let mut data = json!({
        "event": "authorization_complete",
        "user_open_id": user.open_id,
        "user_name": user.name,
        "scope": user.scope,
        "requested": requested,
        "newly_granted": newly,
        "already_granted": already,
        "missing": missing,
        "granted": granted,
    });
    let warning = (!missing.is_empty()).then(|| {
        let message = format!("{} is logged in, and did not grant {}", user.name, missing.join(" "));
        Failure::new(Kind::Authorization, message)
            .hint("enable the scopes for the app and let the user log in again, or ask for less")
            .with("subtype", "missing_scope")
            .with("missing_scopes", json!(missing))
    });
    if let (Some(warning), Value::Object(data)) = (&warning, &mut data) {
        data.insert("warning".to_owned(), json!({"type": "missing_scope", "message": warning.message()}));
    }
    if events {
        output::line(&data.to_string())?;
    } else if warning.is_some() {
        // What came of it is told on stdout, and that it was not all on stderr.
        let whole = json!({"ok": false, "identity": "user", "data": data});
        output::line(&serde_json::to_string_pretty(&whole).unwrap_or_default())?;
    } else {
        Success::new("user", data).print(common)?;
    }
    warning.map_or(Ok(ExitCode::SUCCESS), Err)
}
