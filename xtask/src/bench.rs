//! How fast it is, beside what it is measured against, in one run on one machine.
//!
//! Absolute figures depend on the machine; the ratios are what is quoted. Needed are the public tools
//! `hyperfine`, `wrk` and `curl`; peers that are not installed are left out, and that is said.

mod durable;
mod events;
mod images;
mod pages;
mod send;
mod start;
mod tools;
mod transfer;
mod upload;

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::{Result, bail, ensure};

/// What was measured, beside what it is measured against.
pub(crate) struct Row {
    what: String,
    ours: f64,
    than: String,
    theirs: f64,
    unit: &'static str,
}

impl Row {
    pub(crate) fn new(
        what: impl Into<String>,
        ours: f64,
        than: impl Into<String>,
        theirs: f64,
        unit: &'static str,
    ) -> Self {
        Self { what: what.into(), ours, than: than.into(), theirs, unit }
    }
}

/// A measurement: a name, and what makes its rows.
type Measure = fn(&Programs) -> Result<Vec<Row>>;

const MEASURES: [(&str, Measure); 8] = [
    ("start", start::measure),
    ("send", send::measure),
    ("upload", upload::measure),
    ("transfer", transfer::measure),
    ("durable", durable::measure),
    ("images", images::measure),
    ("pages", pages::measure),
    ("events", events::measure),
];

/// The programs that are measured.
pub(crate) struct Programs {
    pub(crate) larkspur: PathBuf,
    pub(crate) floor: PathBuf,
    pub(crate) bare_client: PathBuf,
}

pub(crate) fn run(wanted: &[String]) -> Result<()> {
    let measures = BTreeMap::from(MEASURES);
    for name in wanted {
        ensure!(measures.contains_key(name.as_str()), "there is no measurement {name:?}");
    }
    for tool in ["hyperfine", "wrk", "curl"] {
        if !tools::is_there(tool) {
            bail!("{tool} is missing: install it, e.g. with `apt-get install hyperfine wrk curl`");
        }
    }
    let programs = build()?;
    println!("| what | Larkspur | | | ratio |\n| --- | --- | --- | --- | --- |");
    for (name, measure) in MEASURES {
        if !wanted.is_empty() && !wanted.iter().any(|one| one == name) {
            continue;
        }
        for row in measure(&programs)? {
            println!(
                "| {} | {} {} | {} | {} {} | {:.2} |",
                row.what,
                figure(row.ours),
                row.unit,
                row.than,
                figure(row.theirs),
                row.unit,
                row.ours / row.theirs
            );
        }
    }
    Ok(())
}

/// Three digits, or as many as there are before the point.
fn figure(value: f64) -> String {
    match value {
        _ if value >= 100.0 => format!("{value:.0}"),
        _ if value >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn build() -> Result<Programs> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["build", "--release", "--package", "larkspur-cli", "--package", "xtask", "--bins"];
    let mut command = std::process::Command::new(cargo);
    command.args(arguments);
    // `cargo run` describes this package to us in variables that build scripts watch: passed on, they would
    // have `ring`, and all that stands on it, built anew each time.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
    }
    let status = command.status()?;
    ensure!(status.success(), "the programs do not build");
    let folder = std::env::current_exe()?.parent().map(PathBuf::from).unwrap_or_default();
    Ok(Programs {
        larkspur: folder.join("larkspur"),
        floor: folder.join("floor"),
        bare_client: folder.join("bare_client"),
    })
}
