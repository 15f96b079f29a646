//! `larkspur event replay FILE|-`

use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::ExitCode,
    time::Duration,
};

use clap::{Arg, ArgMatches, Command};
use larkspur::bot::v3::bot::info;
use larkspur_api::{
    Endpoint,
    event::{Envelope, Incoming},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::Shortcut;
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Kind, Result},
    feed::{
        keys::{ALL, Keys},
        printer::{self, Form, Printed, Printer},
        selection::{self, Selection},
        webhook::{self, Receiver},
    },
    output, settings,
    tree::value,
};

pub(crate) const COMMAND: Shortcut =
    Shortcut { name: "replay", about: "Send recorded events to a webhook, or print them again", define, run };

/// The longest line that is taken: far more than an event has.
const MAX_LINE: usize = 8 << 20;

const AFTER: &str = "\
FILE has what `event consume` printed without --compact: an envelope a line. With --to each
is posted as the platform posts it, one after the other, encrypted and signed if there is a
key, and stdout has a line for each with its status. If one is refused the exit code is 1,
and the others are sent all the same.

Examples:
  larkspur event replay events.ndjson --compact --chat-id oc_…
  larkspur event replay events.ndjson --to http://127.0.0.1:3000/events --rate 10/s
  larkspur event replay - --to http://127.0.0.1:3000/ --encrypt-key-file key < events.ndjson";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(Arg::new("file").value_name("FILE|-").required(true).help("The recorded events; - reads stdin"))
        .arg(value("to", "URL", "The receiver. Without it they are printed"))
        .arg(value(
            "rate",
            "N/s",
            "How many in a second, or in a minute with /m. By default one after the other",
        ))
        .arg(
            value("events", "KEYS", "Only these types: names, beginnings such as im.message.*")
                .value_delimiter(',')
                .help_heading("Which events"),
        );
    let command = webhook::flags(printer::flags(selection::flags(command)));
    common::connection(command).arg(
        value("jq", "FILTER", "Print what this jq filter makes of each event")
            .short('q')
            .help_heading("Output"),
    )
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let path = matches.get_one::<String>("file").cloned().unwrap_or_default();
    let words = matches.get_many::<String>("events").into_iter().flatten().cloned().collect::<Vec<_>>();
    let words = if words.is_empty() { vec![ALL.to_owned()] } else { words };
    let mut selection = Selection::new(Keys::read(&words)?.0, matches);
    let pause = matches.get_one::<String>("rate").map(|rate| pause(rate)).transpose()?;
    let receiver = matches.get_one::<String>("to").map(|url| {
        let keys = webhook::Keys::read(matches)?;
        Receiver::new(url, keys, "to")
    });
    let receiver = receiver.transpose()?;
    let form = Form::read(matches, common.jq.clone());
    if receiver.is_some() && (form.is_compact || form.folder.is_some() || form.jq.is_some()) {
        return Err(Failure::usage("--compact, --output-dir and --jq are for printing, and --to sends")
            .hint("leave out one or the other")
            .param("to"));
    }
    if path != "-" {
        // All of it is looked at before any of it is sent.
        open(&path)?.try_for_each(|envelope| envelope.map(drop))?;
    }
    block_on(async {
        if selection.needs_bot() {
            selection.learn_bot(&settings::helper(info::Request::META, &common)?).await?;
        }
        let events = open(&path)?;
        match receiver {
            Some(receiver) => send(events, &selection, &receiver, pause).await,
            None => print(events, selection, form, pause).await,
        }
    })
}

/// How long to wait from one to the next.
fn pause(rate: &str) -> Result<Duration> {
    let (number, unit) = rate.split_once('/').unwrap_or((rate, "s"));
    let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0);
    let seconds = match unit.trim() {
        "s" => Some(1.0),
        "m" | "min" => Some(60.0),
        _ => None,
    };
    let read =
        number.zip(seconds).and_then(|(number, seconds)| Duration::try_from_secs_f64(seconds / number).ok());
    read.ok_or_else(|| {
        Failure::usage(format!("--rate {rate:?} does not read"))
            .hint("write 10/s, 0.5/s or 30/m")
            .param("rate")
    })
}

/// The recorded events, one at a time.
fn open(path: &str) -> Result<Box<dyn Iterator<Item = Result<Envelope>>>> {
    let reader: Box<dyn BufRead> = if path == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = File::open(path).map_err(|error| Failure::usage(format!("{path}: {error}")))?;
        Box::new(BufReader::new(file))
    };
    let path = path.to_owned();
    let lines = Lines { reader, number: 0 };
    Ok(Box::new(lines.filter_map(move |line| {
        let wrong = |number: u64, why: String| {
            Failure::usage(format!("{path}:{number}: {why}"))
                .hint("each line is an envelope, as `event consume` prints it without --compact")
        };
        match line {
            (number, Err(why)) => Some(Err(wrong(number, why))),
            (_, Ok(line)) if line.trim_ascii().is_empty() => None,
            (number, Ok(line)) => Some(match Envelope::parse(&line) {
                Ok(Incoming::Event(envelope)) => Ok(envelope),
                Ok(Incoming::Challenge { .. }) => Err(wrong(number, "it is the check of a URL".to_owned())),
                Err(error) => Err(wrong(number, error.to_string())),
            }),
        }
    })))
}

/// Lines with their numbers, none longer than may be.
struct Lines {
    reader: Box<dyn BufRead>,
    number: u64,
}

impl Iterator for Lines {
    type Item = (u64, std::result::Result<Vec<u8>, String>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        self.number += 1;
        let read = std::io::Read::take(&mut self.reader, MAX_LINE as u64 + 1).read_until(b'\n', &mut line);
        match read {
            Ok(0) => None,
            Ok(_) if line.len() > MAX_LINE => Some((self.number, Err("the line is too long".to_owned()))),
            Ok(_) => Some((self.number, Ok(line))),
            Err(error) => Some((self.number, Err(error.to_string()))),
        }
    }
}

async fn print(
    events: impl Iterator<Item = Result<Envelope>>,
    selection: Selection,
    form: Form,
    pause: Option<Duration>,
) -> Result<ExitCode> {
    form.make_folders()?;
    let printer = Printer::new(selection, form)?;
    let mut next = Instant::now();
    for envelope in events {
        match printer.print(&envelope?)? {
            Printed::No => continue,
            Printed::Closed => break,
            Printed::Yes => wait(&mut next, pause).await,
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn wait(next: &mut Instant, pause: Option<Duration>) {
    if let Some(pause) = pause {
        *next += pause;
        tokio::time::sleep_until(*next).await;
    }
}

async fn send(
    events: impl Iterator<Item = Result<Envelope>>,
    selection: &Selection,
    receiver: &Receiver,
    pause: Option<Duration>,
) -> Result<ExitCode> {
    let (mut sent, mut refused, mut unreached) = (0_u64, 0_u64, 0_u64);
    let mut next = Instant::now();
    for envelope in events {
        let envelope = envelope.map_err(|failure| failure.with("sent", sent))?;
        if !selection.admits(&envelope) {
            continue;
        }
        if sent > 0 {
            wait(&mut next, pause).await;
        }
        sent += 1;
        let began = Instant::now();
        let posted = receiver.post(&envelope).await;
        let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let header = &envelope.header;
        let mut line = json!({"event_id": header.event_id, "event_type": header.event_type, "took_ms": took});
        match &posted {
            Ok(posted) => {
                line["status"] = posted.status.as_u16().into();
                match webhook::answer(&envelope, posted) {
                    Ok(Value::Object(answer)) if answer.is_empty() => {}
                    Ok(answer) => line["answer"] = answer,
                    Err(why) => {
                        refused += 1;
                        line["error"] = why.into();
                    }
                }
            }
            Err(failure) => {
                unreached += 1;
                line["error"] = failure.message().into();
            }
        }
        output::line(&line.to_string())?;
    }
    match (refused, unreached) {
        (0, 0) => Ok(ExitCode::SUCCESS),
        (0, _) if unreached == sent => Err(Failure::new(
            Kind::Network,
            format!("the receiver was not reached with any of {sent} event(s)"),
        )),
        _ => {
            Err(Failure::new(Kind::Api, format!("{} of {sent} event(s) were not taken", refused + unreached))
                .hint("stdout has a line for each, with what came back")
                .with("sent", sent)
                .with("refused", refused)
                .with("unreached", unreached))
        }
    }
}
