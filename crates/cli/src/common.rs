//! The flags that every command which calls the platform has.

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser};

use crate::{
    failure::{Failure, Result},
    output::Format,
    tree::{switch, value},
};

/// What they were set to.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    pub(crate) profile: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) identity: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) dry_run: bool,
    pub(crate) format: Format,
    pub(crate) jq: Option<String>,
}

/// Adds the flags to a command.
pub(crate) fn flags(command: Command) -> Command {
    let command = connection(command).arg(
        value("as", "IDENTITY", "Who calls: the bot, or a user who logged in; auto takes whoever may")
            .value_parser(PossibleValuesParser::new(["bot", "user", "auto"]))
            .help_heading("Call"),
    );
    output(
        user(command).arg(
            switch("dry-run", "Show what would be sent; needs no network and no credentials")
                .help_heading("Call"),
        ),
    )
}

/// The flag that names a user, but for commands that have one of that name for something else.
pub(crate) fn user(command: Command) -> Command {
    if command.get_arguments().any(|arg| arg.get_long() == Some("user")) {
        return command;
    }
    command.arg(
        Arg::new("as-user")
            .long("user")
            .value_name("NAME")
            .help("Which of the users who logged in: a name or an open_id")
            .help_heading("Call"),
    )
}

/// The flags that say how to print the answer.
pub(crate) fn output(command: Command) -> Command {
    command
        .arg(
            value("format", "FORMAT", "How to print the answer")
                .value_parser(PossibleValuesParser::new(Format::NAMES))
                .default_value("json")
                .hide_default_value(true)
                .help_heading("Output"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("The same as --format json")
                .conflicts_with("format")
                .help_heading("Output"),
        )
        .arg(
            value("jq", "FILTER", "Print what this jq filter makes of the answer")
                .short('q')
                .help_heading("Output"),
        )
}

/// The flags that say whom to talk to.
pub(crate) fn connection(command: Command) -> Command {
    command
        .arg(
            value("profile", "NAME", "The profile to use, as `larkspur config init` made it")
                .help_heading("Call"),
        )
        .arg(value("base-url", "URL", "The platform to talk to").help_heading("Call"))
}

impl Common {
    /// Reads them, and refuses a filter that does not parse before anything is done.
    pub(crate) fn read(matches: &ArgMatches) -> Result<Self> {
        let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned();
        let common = Self {
            profile: text("profile"),
            base_url: text("base-url"),
            identity: text("as"),
            user: text("as-user"),
            dry_run: matches.try_get_one::<bool>("dry-run").ok().flatten().copied().unwrap_or_default(),
            format: text("format").map_or(Format::Json, |name| Format::named(&name)),
            jq: text("jq"),
        };
        if let Some(filter) = &common.jq {
            if common.format != Format::Json {
                return Err(Failure::usage("--jq prints JSON: leave --format out").param("format"));
            }
            crate::jq::check(filter)?;
        }
        Ok(common)
    }
}
