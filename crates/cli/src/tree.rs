//! The tree of commands, and as much of it as is asked for.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use larkspur_api::endpoint::{Meta, registry};

use crate::commands::{self, resource};

/// The services that have commands, in the order of the help text, and what they are.
const SERVICES: &[(&str, &str)] = &[
    ("im", "Messages, images, files and chats"),
    ("contact", "Users of the tenant"),
    ("bot", "The app as a bot"),
    ("application", "Apps and their scopes"),
    ("tenant", "The tenant itself"),
    ("event", "Where events come from"),
    ("interactive", "Cards that someone clicked"),
    ("custom_bot", "Custom bots of groups, by their addresses"),
];

const ABOUT: &str = "Feishu/Lark instant messaging: a command line, and the platform on your own machine";

const AFTER: &str = "\
Try it without an account:
  larkspur quickstart              the whole round on a platform in memory
  larkspur serve                   the same platform, for any client

Exit codes: 0 done, 1 refused by the platform, 2 wrong usage, 3 credentials or permissions,
4 network, 5 internal, 6 forbidden by policy. docs/cli.md has the whole contract.";

/// How much of the tree is built.
///
/// A program that starts for one command need not make the flags of a hundred others: what a word of the
/// command line does not name stays a bare name.
pub(crate) enum Asked {
    Words(Vec<OsString>),
    Everything,
}

impl Asked {
    fn names(&self, name: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Words(words) => words.iter().any(|word| word == name),
        }
    }
}

pub(crate) fn command(asked: &Asked) -> Command {
    let mut root = Command::new("larkspur")
        .about(ABOUT)
        .after_help(AFTER)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .max_term_width(110)
        .subcommand(commands::quickstart::command())
        .subcommand(commands::serve::command())
        .subcommand(commands::upload_image::command());
    for (name, about) in SERVICES {
        let command = group(name, (*about).to_owned());
        root = root.subcommand(if asked.names(name) { service(name, command, asked) } else { command });
    }
    root.subcommand(commands::api::command())
        .subcommand(commands::schema::command())
        .subcommand(commands::explain::command())
        .subcommand(commands::config::command())
        .subcommand(commands::completion::command())
}

fn group(name: &'static str, about: String) -> Command {
    Command::new(name)
        .about(about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
}

/// The commands of one service: shortcuts, then the resources of its endpoints.
fn service(name: &'static str, mut command: Command, asked: &Asked) -> Command {
    if name == "im" {
        for shortcut in commands::im::SHORTCUTS {
            let bare = Command::new(shortcut.name).about(shortcut.about);
            command =
                command.subcommand(if asked.names(shortcut.name) { (shortcut.define)(bare) } else { bare });
        }
    }
    for resource in resources(name) {
        let bare = group(resource, format!("{name} {resource} …: one command for each endpoint"));
        command = command.subcommand(if asked.names(resource) {
            methods(name, resource, bare, asked)
        } else {
            bare
        });
    }
    command
}

/// The endpoints of a service that have a command.
pub(crate) fn endpoints(service: &str) -> impl Iterator<Item = (&'static Meta, &'static str, &'static str)> {
    registry().into_iter().filter_map(move |entry| {
        let (resource, method) = entry.meta.cli?.split_once(' ')?;
        (entry.meta.project() == service).then_some((entry.meta, resource, method))
    })
}

fn resources(service: &'static str) -> Vec<&'static str> {
    let mut names: Vec<_> = endpoints(service).map(|(_, resource, _)| resource).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn methods(service: &str, resource: &str, mut command: Command, asked: &Asked) -> Command {
    for (meta, _, method) in endpoints(service).filter(|(_, known, _)| *known == resource) {
        let bare = Command::new(method).about(meta.summary());
        command = command.subcommand(if asked.names(method) { resource::define(meta, bare) } else { bare });
    }
    command
}

/// A flag that takes a value.
pub(crate) fn value(name: &'static str, what: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(what).help(help)
}

/// A flag that takes none.
pub(crate) fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}
