//! `cargo fidelity`: makes the ledger.
//!
//! Without arguments it runs the tests that observe and writes the ledger. `check DIR` holds the committed ledger
//! against what was observed in a folder, `write DIR` writes it from there.

mod catalogue;
mod merge;
mod reasons;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::merge::Observed;

const USAGE: &str = "usage: cargo fidelity [check DIR | write DIR]";

/// The tests that observe.
const TESTS: [&[&str]; 2] =
    [&["-p", "larkspur-scenario", "--test", "it"], &["-p", "larkspur-server", "--test", "it"]];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let folder = observations()?;
            run_tests(&folder)?;
            write(&folder).with_context(|| {
                format!(
                    "mend that; `cargo fidelity write {}` then needs no new run of the tests",
                    folder.display()
                )
            })
        }
        ["write", folder] => write(Path::new(folder)),
        ["check", folder] => check(Path::new(folder)),
        _ => bail!(USAGE),
    }
}

/// An empty folder in the target directory.
fn observations() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2).context("the program is in a target directory")?.join("fidelity");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn run_tests(folder: &Path) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for test in TESTS {
        let status = Command::new(&cargo)
            .args(["test", "--quiet"])
            .args(test)
            .env("LARKSPUR_FIDELITY", folder)
            .status()
            .context("cargo runs")?;
        ensure!(status.success(), "a test fails: the ledger is as it was");
    }
    Ok(())
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ledger.json")
}

fn make(folder: &Path) -> Result<String> {
    let observed = Observed::read(folder)?;
    let (entries, complaints) = merge::merge(&catalogue::read()?, &reasons::read()?, &observed);
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(merge::text(&entries))
}

fn write(folder: &Path) -> Result<()> {
    let text = make(folder)?;
    fs::write(path(), &text)?;
    let entries: Vec<larkspur_fidelity::Entry> = serde_json::from_str(&text)?;
    println!("{}", merge::summary(&entries));
    Ok(())
}

fn check(folder: &Path) -> Result<()> {
    let (made, committed) = (make(folder)?, fs::read_to_string(path())?);
    if made == committed {
        return Ok(());
    }
    let (made, committed): (Vec<_>, Vec<_>) = (made.lines().collect(), committed.lines().collect());
    for line in committed.iter().filter(|line| !made.contains(line)) {
        println!("- {line}");
    }
    for line in made.iter().filter(|line| !committed.contains(line)) {
        println!("+ {line}");
    }
    bail!("crates/fidelity/ledger.json is not what the tests show: `cargo fidelity` makes it anew")
}
