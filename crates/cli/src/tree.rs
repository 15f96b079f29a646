//! The tree of commands, and as much of it as is asked for.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use larkspur_api::endpoint::{Meta, registry};

use crate::commands::{self, resource};

/// The services that have commands, in the order of the help text, and what they are.
const SERVICES: &[(&str, &str)] = &[
    ("im", "Messages, images, files and chats"),
    ("auth", "Users who log in, and what they let the app do"),
    ("contact", "Users of the tenant"),
    ("authen", "The user whose token it is"),
    ("bot", "The app as a bot"),
    ("message", "Messages to many users at once"),
    ("search", "What a user finds: messages and people"),
    ("application", "Apps and their scopes"),
    ("tenant", "The tenant itself"),
    ("jssdk", "Tickets for pages inside the client"),
    ("interactive", "Cards that someone clicked"),
    ("cardkit", "Cards that exist by themselves and change where they were sent"),
    ("ephemeral", "Cards that one user alone sees"),
    ("custom_bot", "Custom bots of groups, by their addresses"),
    ("event", "Events and callbacks: what there is, and what comes in"),
    ("act", "On a local platform: do what users do"),
    ("platform", "On a local platform: apps, and who is connected"),
    ("deliveries", "On a local platform: what apps were told, and what came back"),
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
    for lazy in commands::LAZY {
        let bare = Command::new(lazy.name).about(lazy.about);
        root = root.subcommand(if asked.names(lazy.name) { (lazy.define)(bare) } else { bare });
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

/// The commands of one service: those made by hand, then its endpoints.
fn service(name: &'static str, mut command: Command, asked: &Asked) -> Command {
    for shortcut in commands::shortcuts(name) {
        let bare = Command::new(shortcut.name).about(shortcut.about);
        command = command.subcommand(if asked.names(shortcut.name) { (shortcut.define)(bare) } else { bare });
    }
    command = methods(name, None, command, asked);
    for resource in resources(name) {
        let bare = group(resource, format!("{name} {resource} …: one command for each endpoint"));
        command = command.subcommand(if asked.names(resource) {
            methods(name, Some(resource), bare, asked)
        } else {
            bare
        });
    }
    command
}

/// A command of an endpoint: of a resource, or of the service itself.
pub(crate) struct Known {
    pub(crate) meta: &'static Meta,
    pub(crate) resource: Option<&'static str>,
    pub(crate) method: &'static str,
}

/// The endpoints of a service that have a command.
pub(crate) fn endpoints(service: &str) -> impl Iterator<Item = Known> {
    registry().into_iter().filter(move |entry| entry.meta.project() == service).filter_map(|entry| {
        let words = entry.meta.cli?;
        let (resource, method) =
            words.split_once(' ').map_or((None, words), |(resource, method)| (Some(resource), method));
        Some(Known { meta: entry.meta, resource, method })
    })
}

fn resources(service: &'static str) -> Vec<&'static str> {
    let mut names: Vec<_> = endpoints(service).filter_map(|known| known.resource).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn methods(service: &str, resource: Option<&str>, mut command: Command, asked: &Asked) -> Command {
    for known in endpoints(service).filter(|known| known.resource == resource) {
        let bare = Command::new(known.method).about(known.meta.summary());
        let is_asked = asked.names(known.method);
        command = command.subcommand(if is_asked { resource::define(known.meta, bare) } else { bare });
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
