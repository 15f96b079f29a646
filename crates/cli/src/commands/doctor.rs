//! `larkspur doctor`: why a bot hears nothing.
//!
//! Whatever the public API tells is asked of any platform. A local platform also tells what stands in the developer
//! console and what became of the last events, so there nothing stays unknown.

mod app;
mod chats;
mod check;
mod clock;
mod connection;
mod deliveries;
mod facts;
mod reach;

use std::{io::IsTerminal, process::ExitCode, time::Duration};

use clap::{ArgMatches, Command, builder::PossibleValuesParser, parser::ValueSource, value_parser};
use larkspur::Client;
use larkspur_api::{
    endpoint::Scopes,
    event::{Kind, find},
};
use serde_json::json;

use self::{check::Report, facts::Facts};
use super::{Shortcut, block_on, event::duration};
use crate::{
    common::{self, Common},
    failure::{self, Failure, Result},
    feed::keys,
    output::{Format, Success},
    tree::value,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "doctor", about: "Find out why a bot hears nothing", define, run };

/// What a bot is expected to hear unless it is said otherwise.
const EXPECTED: &str = "im.message.receive_v1,card.action.trigger";

/// The event of a message.
const MESSAGES: &str = "im.message.receive_v1";

const AFTER: &str = "\
Each line is a check: ✓ it is as it should be, ! look at it, ✗ this is why. What is wrong
says how to mend it. The exit code is 0 if nothing is wrong and 1 otherwise. Nothing is
changed, and no events are taken: a long connection is opened and closed at once.

Examples:
  larkspur doctor
  larkspur doctor --expect im.message.receive_v1 --via webhook
  larkspur doctor --format json --jq '.data.checks[] | select(.status == \"fail\")'";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(value("timeout", "TIME", "How long each question to the platform may take").default_value("10s"))
        .arg(
            value("expect", "KEYS", "The events and callbacks that the bot should hear")
                .value_delimiter(',')
                .default_value(EXPECTED),
        )
        .arg(
            value("via", "WAY", "How the bot listens, if it does not at the moment")
                .value_parser(PossibleValuesParser::new(["long-connection", "webhook"])),
        )
        .arg(
            value("connections", "N", "How many long connections the bot keeps")
                .value_parser(value_parser!(u64))
                .default_value("1"),
        );
    common::flags(command)
        .mut_arg("as", |arg| arg.hide(true))
        .mut_arg("as-user", |arg| arg.hide(true))
        .mut_arg("dry-run", |arg| arg.hide(true))
}

/// What is known of how the bot should be.
struct Expected {
    events: Vec<&'static str>,
    callbacks: Vec<&'static str>,
    via: Option<Way>,
    connections: u64,
    timeout: Duration,
}

/// How events reach a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    LongConnection,
    Webhook,
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let expected = Expected::read(matches)?;
    let report = block_on(async { Ok(examine(&common, &expected).await) })?;
    let healthy = report.is_healthy();
    let data = json!({"healthy": healthy, "checks": report.to_json()});
    let given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    let for_eyes = std::io::stdout().is_terminal() && !["format", "json", "jq"].into_iter().any(given);
    let common = if for_eyes { Common { format: Format::Pretty, ..common } } else { common };
    Success { pretty: Some(report.to_text()), ..Success::new("bot", data) }.print(&common)?;
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

impl Expected {
    fn read(matches: &ArgMatches) -> Result<Self> {
        let mut expected = Self {
            events: Vec::new(),
            callbacks: Vec::new(),
            via: matches.get_one::<String>("via").map(|via| match via.as_str() {
                "webhook" => Way::Webhook,
                _ => Way::LongConnection,
            }),
            connections: matches.get_one::<u64>("connections").copied().unwrap_or(1),
            timeout: duration(matches, "timeout")?.unwrap_or(Duration::from_secs(10)),
        };
        for name in matches.get_many::<String>("expect").into_iter().flatten().filter(|name| !name.is_empty())
        {
            let meta = keys::find(name.trim())?;
            match meta.kind {
                Kind::Event => expected.events.push(meta.event_type),
                Kind::Callback => expected.callbacks.push(meta.event_type),
            }
        }
        Ok(expected)
    }

    /// Whether it should hear messages.
    fn hears_messages(&self) -> bool {
        self.events.contains(&MESSAGES)
    }

    /// What hearing the rest needs. Messages need different scopes in different places.
    fn other_scopes(&self) -> impl Iterator<Item = (&'static str, Scopes)> {
        let others = self.events.iter().chain(&self.callbacks).filter(|name| **name != MESSAGES);
        others.filter_map(|name| Some((*name, find(name)?.scopes)))
    }
}

/// Whom is asked, and how long is waited.
struct Patient {
    client: Client,
    app_id: String,
    app_secret: String,
    timeout: Duration,
}

impl Patient {
    /// Waits for an answer no longer than may be.
    async fn within<T>(&self, asked: impl Future<Output = Result<T>>) -> Result<T> {
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(answer) => answer,
            Err(_) => {
                let why = format!("no answer within {} ms", self.timeout.as_millis());
                Err(Failure::new(failure::Kind::Network, why))
            }
        }
    }
}

async fn examine(common: &Common, expected: &Expected) -> Report {
    let mut report = Report::default();
    let Some(patient) = reach::credentials(common, expected, &mut report) else { return report };
    reach::proxy(&patient, &mut report);
    let asked = reach::ask(&patient).await;
    clock::look(&asked, &mut report);
    let admitted = reach::token(&patient, asked, &mut report);
    if admitted == reach::Admitted::NotReached {
        return report;
    }
    let facts = Facts::gather(&patient, admitted == reach::Admitted::Yes).await;
    app::in_use(&patient, &facts, admitted, &mut report).await;
    // Counted first: the next step opens one.
    let live = connection::count(&patient, &facts, admitted).await;
    connection::open(&patient, expected, &facts, admitted, &mut report).await;
    connection::tell(live, expected, &facts, admitted, &mut report);
    app::ways(expected, &facts, live, &mut report);
    app::subscriptions(expected, &facts, &mut report);
    app::scopes(expected, &facts, &mut report);
    chats::look(&patient, &facts, admitted, &mut report).await;
    deliveries::look(&patient, &facts, &mut report).await;
    report
}
