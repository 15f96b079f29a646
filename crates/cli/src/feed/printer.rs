//! Where events go, and in which form: lines on stdout, or a file for each.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, value_parser};
use larkspur_api::event::Envelope;
use regex_lite::Regex;
use serde_json::Value;

use super::{flat::flat, selection::Selection};
use crate::{
    failure::{Failure, Kind, Result},
    jq,
    tree::{switch, value},
};

/// What is done with each event.
#[derive(Default)]
pub(crate) struct Form {
    pub(crate) is_compact: bool,
    /// Over several lines, for eyes.
    pub(crate) is_indented: bool,
    pub(crate) jq: Option<String>,
    /// Where files go that no route takes.
    pub(crate) folder: Option<PathBuf>,
    /// Types that go to folders of their own.
    pub(crate) routes: Vec<(Regex, PathBuf)>,
}

/// What became of an event.
#[derive(Debug)]
pub(crate) enum Printed {
    /// It is where it belongs.
    Yes,
    /// It is not wanted.
    No,
    /// Nobody reads stdout any more.
    Closed,
}

/// Prints events.
pub(crate) struct Printer {
    selection: Selection,
    form: Form,
    filter: Option<jq::Filter>,
}

/// The flags for the form.
pub(crate) fn flags(command: Command) -> Command {
    command
        .arg(switch("compact", "Flat and readable: content as text, no envelope").help_heading("Output"))
        .arg(
            value(
                "output-dir",
                "DIR",
                "One file for each event, <type>_<event_id>_<create_time>.json, and no lines",
            )
            .value_parser(value_parser!(PathBuf))
            .help_heading("Output"),
        )
}

impl Form {
    pub(crate) fn read(matches: &ArgMatches, jq: Option<String>) -> Self {
        let is_set =
            |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or_default();
        Self {
            is_compact: is_set("compact"),
            is_indented: is_set("json"),
            jq,
            folder: matches.try_get_one::<PathBuf>("output-dir").ok().flatten().cloned(),
            routes: Vec::new(),
        }
    }

    /// Makes the folders, for their owner alone.
    pub(crate) fn make_folders(&self) -> Result<()> {
        let folders = self.folder.iter().chain(self.routes.iter().map(|(_, folder)| folder));
        for folder in folders {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder).map_err(|error| {
                Failure::usage(format!("{}: {error}", folder.display())).param("output-dir")
            })?;
        }
        Ok(())
    }

    /// Where everything goes, in words.
    pub(crate) fn destinations(&self) -> Vec<String> {
        let routes = self.routes.iter().map(|(types, folder)| format!("{types} -> {}", folder.display()));
        let rest = self.folder.as_ref().map_or("stdout".to_owned(), |folder| folder.display().to_string());
        routes.chain([rest]).collect()
    }
}

impl Printer {
    pub(crate) fn new(selection: Selection, form: Form) -> Result<Self> {
        let filter = form.jq.as_deref().map(jq::Filter::new).transpose()?;
        Ok(Self { selection, form, filter })
    }

    /// Prints an event, if it is wanted. When this returns it has left this process, or is on disk.
    pub(crate) fn print(&self, envelope: &Envelope) -> Result<Printed> {
        if !self.selection.admits(envelope) {
            return Ok(Printed::No);
        }
        let shown = if self.form.is_compact { flat(envelope) } else { envelope.to_json() };
        let values = match &self.filter {
            None => vec![shown],
            Some(filter) => filter.run(&shown)?,
        };
        if values.is_empty() {
            return Ok(Printed::No);
        }
        let event_type = &envelope.header.event_type;
        let routes = self.form.routes.iter().filter(|(types, _)| types.is_match(event_type));
        let mut folders: Vec<&Path> = routes.map(|(_, folder)| folder.as_path()).collect();
        if folders.is_empty() {
            folders.extend(self.form.folder.as_deref());
        }
        let is_file = !folders.is_empty();
        let mut text = String::new();
        for value in &values {
            text.push_str(&self.text(value, is_file));
            text.push('\n');
        }
        if !is_file {
            return lines(&text);
        }
        for folder in folders {
            let path = folder.join(file_name(envelope));
            put(&path, text.as_bytes())
                .map_err(|error| Failure::new(Kind::Internal, format!("{}: {error}", path.display())))?;
        }
        Ok(Printed::Yes)
    }

    fn text(&self, value: &Value, is_file: bool) -> String {
        match value {
            // What a filter gives is for programs that expect words.
            Value::String(text) if self.filter.is_some() => text.clone(),
            value if is_file || self.form.is_indented => {
                serde_json::to_string_pretty(value).unwrap_or_default()
            }
            value => value.to_string(),
        }
    }
}

/// Writes to stdout and waits until it is taken.
fn lines(text: &str) -> Result<Printed> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Printed::Yes),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Printed::Closed),
        Err(error) => Err(Failure::new(Kind::Internal, format!("stdout cannot be written: {error}"))),
    }
}

/// The name of an event's file. What others chose cannot lead out of the folder.
fn file_name(envelope: &Envelope) -> String {
    let header = &envelope.header;
    let part = |text: &str| {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
        text.chars().take(100).map(plain).collect::<String>()
    };
    // The old card callback has no id: the time tells two of them apart.
    let event_id = match header.event_id.as_str() {
        "" => format!("{:x}", jiff::Timestamp::now().as_nanosecond()),
        event_id => part(event_id),
    };
    format!("{}_{event_id}_{}.json", part(&header.event_type), part(&header.create_time))
}

/// Puts a file in place whole, for its owner alone. It is acknowledged afterwards, so it has to be on disk.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
