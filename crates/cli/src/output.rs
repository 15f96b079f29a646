//! What goes to stdout.

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
    jq, table,
};

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Pretty,
    Table,
    Ndjson,
    Csv,
}

impl Format {
    pub(crate) const NAMES: [&str; 5] = ["json", "pretty", "table", "ndjson", "csv"];

    pub(crate) fn named(name: &str) -> Self {
        match name {
            "pretty" => Self::Pretty,
            "table" => Self::Table,
            "ndjson" => Self::Ndjson,
            "csv" => Self::Csv,
            _ => Self::Json,
        }
    }
}

/// A success.
pub(crate) struct Success {
    pub(crate) identity: &'static str,
    pub(crate) data: Value,
    pub(crate) log_id: Option<String>,
    pub(crate) dry_run: bool,
    /// The text for `--format pretty`, where a command has one of its own.
    pub(crate) pretty: Option<String>,
}

impl Success {
    pub(crate) fn new(identity: &'static str, data: Value) -> Self {
        Self { identity, data, log_id: None, dry_run: false, pretty: None }
    }

    fn envelope(&self) -> Value {
        let mut whole = Map::new();
        whole.insert("ok".to_owned(), true.into());
        whole.insert("code".to_owned(), 0.into());
        whole.insert("identity".to_owned(), self.identity.into());
        if self.dry_run {
            whole.insert("dry_run".to_owned(), true.into());
        }
        whole.insert("data".to_owned(), self.data.clone());
        if let Some(log_id) = &self.log_id {
            whole.insert("log_id".to_owned(), log_id.clone().into());
        }
        whole.into()
    }

    /// Prints it as the flags say.
    pub(crate) fn print(&self, common: &Common) -> Result<()> {
        if let Some(filter) = &common.jq {
            return jq::run(filter, &self.envelope())?.iter().try_for_each(|text| line(text));
        }
        match common.format {
            Format::Json => line(&serde_json::to_string_pretty(&self.envelope()).unwrap_or_default()),
            Format::Pretty => match &self.pretty {
                Some(text) => line(&table::harmless(text, true)),
                None => line(&table::table(&self.data)),
            },
            Format::Table => line(&table::table(&self.data)),
            Format::Csv => line(&table::csv(&self.data)),
            Format::Ndjson => table::rows(&self.data).into_iter().try_for_each(|row| line(&row.to_string())),
        }
    }
}

/// One line on stdout. A reader that went away ends the program quietly, as it does others.
pub(crate) fn line(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(Failure::new(Kind::Internal, format!("stdout cannot be written: {error}"))),
    }
}
