//! `larkspur event +subscribe`: the same as `consume`, with the flags that `lark-cli` had first.

use std::{fs::File, path::PathBuf, process::ExitCode};

use clap::{ArgAction, ArgMatches, Command};
use regex_lite::Regex;

use super::{
    Shortcut,
    consume::{Consumer, flags},
};
use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
    feed::{
        Bounds, Teller,
        keys::{ALL, Keys},
        printer::{self, Form},
        selection::{self, Selection},
    },
    settings,
    tree::{switch, value},
};

pub(crate) const COMMAND: Shortcut = Shortcut {
    name: "+subscribe",
    about: "Receive events until it is stopped; `event consume` can do more",
    define,
    run,
};

const AFTER: &str = "\
Examples:
  larkspur event +subscribe --event-types im.message.receive_v1 --compact --quiet
  larkspur event +subscribe --filter '^im\\.' --output-dir events
  larkspur event +subscribe --route '^im\\.message=dir:./im' --route '^contact\\.=dir:./contacts'";

fn define(command: Command) -> Command {
    let command = printer::flags(command.after_help(AFTER))
        .arg(
            value("event-types", "TYPES", "The events, separated by commas. By default all")
                .action(ArgAction::Append)
                .value_delimiter(','),
        )
        .arg(value("filter", "REGEX", "Only types that match this too"))
        .arg(
            value(
                "route",
                "REGEX=dir:PATH",
                "Put types that match into a folder of their own; may stand several times",
            )
            .action(ArgAction::Append)
            .help_heading("Output"),
        )
        .arg(switch("json", "Over several lines, for eyes").help_heading("Output"))
        .arg(switch("force", "Start although another one runs here: each event then goes to one of them"));
    flags(command)
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let types = matches.get_many::<String>("event-types").into_iter().flatten();
    let mut types: Vec<String> =
        types.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    if types.is_empty() {
        types.push(ALL.to_owned());
    }
    let (keys, notes) = Keys::read(&types)?;
    let filter = matches.get_one::<String>("filter").map(|filter| selection::regex(filter, "filter"));
    let routes = matches.get_many::<String>("route").into_iter().flatten().map(|route| self::route(route));
    let consumer = Consumer {
        selection: Selection::new(keys, matches).with_types(filter.transpose()?),
        form: Form { routes: routes.collect::<Result<_>>()?, ..Form::read(matches, None) },
        bounds: Bounds::new(None, None),
        seen: None,
        teller: Teller { quiet: matches.get_flag("quiet") },
        notes,
        common,
    };
    let _alone = match consumer.common.dry_run || matches.get_flag("force") {
        true => None,
        false => alone(&consumer.common)?,
    };
    consumer.run()
}

/// `regex=dir:./path`
fn route(text: &str) -> Result<(Regex, PathBuf)> {
    let wrong = || {
        Failure::usage(format!("--route {text:?} does not read")).hint("write REGEX=dir:PATH").param("route")
    };
    let (types, target) = text.split_once('=').ok_or_else(wrong)?;
    let folder = target.strip_prefix("dir:").filter(|folder| !folder.is_empty()).ok_or_else(wrong)?;
    Ok((selection::regex(types, "route")?, PathBuf::from(folder)))
}

/// Takes the lock of the app: two that run here would take events from each other.
fn alone(common: &Common) -> Result<Option<File>> {
    let (app_id, _) = settings::credentials(common)?;
    let Some(folder) = settings::cache_folder().map(|folder| folder.join("locks")) else { return Ok(None) };
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let path = folder.join(format!("subscribe_{}.lock", app_id.chars().map(plain).collect::<String>()));
    let opened =
        std::fs::create_dir_all(&folder).and_then(|()| File::options().create(true).append(true).open(&path));
    let file =
        opened.map_err(|error| Failure::new(Kind::Internal, format!("{}: {error}", path.display())))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::usage(format!(
            "another `event +subscribe` runs for {app_id}, and each event would go to one of them"
        ))
        .hint("stop the other one, or pass --force")),
        Err(std::fs::TryLockError::Error(error)) => {
            Err(Failure::new(Kind::Internal, format!("{}: {error}", path.display())))
        }
    }
}
