//! Catalogue, observations and reasons become the ledger.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use larkspur_api::endpoint;
use larkspur_fidelity::{Entry, Kind, Row, State};

use crate::{catalogue::Facts, reasons::Reasons};

/// Which tests showed what: by endpoint and key, limits by an empty endpoint.
#[derive(Default)]
pub(crate) struct Observed(BTreeMap<(String, String), BTreeSet<String>>);

impl Observed {
    /// Reads what tests left in a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut observed = Self::default();
        for file in fs::read_dir(folder).with_context(|| format!("{} is a folder", folder.display()))? {
            for line in fs::read_to_string(file?.path())?.lines() {
                let mut parts = line.splitn(3, '\t');
                if let (Some(endpoint), Some(key), Some(test)) = (parts.next(), parts.next(), parts.next()) {
                    observed.add(endpoint, key, test);
                }
            }
        }
        Ok(observed)
    }

    fn add(&mut self, endpoint: &str, key: &str, test: &str) {
        self.0.entry((endpoint.to_owned(), key.to_owned())).or_default().insert(test.to_owned());
    }

    /// The test that is named for a row: a scenario if there is one, which is what other servers can be judged by,
    /// and the first in the alphabet, so that the ledger does not depend on the order of the tests.
    fn of(&self, endpoint: &str, key: &str) -> Option<&str> {
        let tests = [endpoint, ""].into_iter().find_map(|at| self.0.get(&(at.to_owned(), key.to_owned())))?;
        let scenario = tests.iter().find(|test| test.starts_with("scenario "));
        scenario.or_else(|| tests.first()).map(String::as_str)
    }
}

/// Makes the ledger, and says what does not go together.
pub(crate) fn merge(facts: &[Facts], reasons: &Reasons, observed: &Observed) -> (Vec<Entry>, Vec<String>) {
    let mut complaints = Vec::new();
    let mut used = BTreeSet::new();
    let entries = facts.iter().map(|facts| {
        let absent = facts.id.contains('.') && endpoint::find(&facts.id).is_none();
        let rows = facts.rows.iter().map(|(key, text)| {
            let reason = reasons.of(&facts.group, &facts.id, key);
            used.extend(reason.map(|(place, _, _)| place.clone()));
            let (state, why) = match (observed.of(&facts.id, key), reason) {
                (Some(test), None) => (State::Tested, test.to_owned()),
                (Some(test), Some((_, State::Partial, reason))) => {
                    (State::Partial, format!("{test}; {reason}"))
                }
                (Some(test), Some(_)) => {
                    complaints.push(format!(
                        "{} {key} has a reason not to be emulated, but {test} shows it",
                        facts.id
                    ));
                    (State::Tested, test.to_owned())
                }
                (None, Some((_, State::Partial, reason))) => {
                    complaints.push(format!("{} {key} is partial, and no test shows that part", facts.id));
                    (State::Open, reason.to_owned())
                }
                (None, Some((_, state, reason))) => (state, reason.to_owned()),
                (None, None) if absent => (State::NotEmulated, "the endpoint is not there".to_owned()),
                (None, None) => (State::Open, String::new()),
            };
            Row { key: key.clone(), text: text.clone(), state, why }
        });
        Entry { id: facts.id.clone(), core: facts.core, rows: rows.collect() }
    });
    let entries = entries.collect();
    for (group, key) in reasons.0.keys().filter(|place| !used.contains(place)) {
        complaints.push(format!("reasons/{group}.toml has a reason for {key}, which is no row"));
    }
    (entries, complaints)
}

/// The ledger as it is committed, a row to a line.
pub(crate) fn text(entries: &[Entry]) -> String {
    let mut text = "[\n".to_owned();
    for (n, entry) in entries.iter().enumerate() {
        let core = if entry.core { ",\"core\":true" } else { "" };
        let _ = writeln!(text, "{{\"id\":{}{core},\"rows\":[", quoted(&entry.id));
        for (m, row) in entry.rows.iter().enumerate() {
            let comma = if m + 1 < entry.rows.len() { "," } else { "" };
            let [key, said, state, why] = [&row.key, &row.text, row.state.as_str(), &row.why].map(quoted);
            let _ = writeln!(text, "[{key},{said},{state},{why}]{comma}");
        }
        text.push_str(if n + 1 < entries.len() { "]},\n" } else { "]}\n" });
    }
    text.push_str("]\n");
    text
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// How many rows are in which state.
pub(crate) fn summary(entries: &[Entry]) -> String {
    let mut lines = Vec::new();
    for (what, core) in [("core", true), ("all", false)] {
        let rows: Vec<_> =
            entries.iter().filter(|entry| entry.core || !core).flat_map(|entry| &entry.rows).collect();
        for (name, kind) in
            [("codes", Kind::Code), ("codes inside others", Kind::SubCode), ("limits", Kind::Limit)]
        {
            let count = |state| rows.iter().filter(|row| row.kind() == kind && row.state == state).count();
            let counts = State::ALL.map(|state| format!("{} {}", count(state), state.as_str()));
            lines.push(format!("{what}, {name}: {}", counts.join(", ")));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use larkspur_fidelity::{LEDGER, State, ledger};

    use super::{Observed, merge, text};
    use crate::{catalogue, reasons};

    #[test]
    fn the_ledger_has_every_row_of_the_catalogue_and_every_reason() {
        let mut claimed = Observed::default();
        for entry in ledger().expect("the ledger reads") {
            for row in entry.rows.iter().filter(|row| matches!(row.state, State::Tested | State::Partial)) {
                claimed.add(&entry.id, &row.key, row.why.split("; ").next().unwrap_or_default());
            }
        }
        let catalogue = catalogue::read().expect("the catalogue reads");
        let (entries, complaints) = merge(&catalogue, &reasons::read().expect("the reasons read"), &claimed);
        assert_eq!(complaints, Vec::<String>::new());
        assert!(text(&entries) == LEDGER, "the ledger is out of date: `cargo fidelity` makes it anew");
    }

    #[test]
    fn every_test_that_is_named_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut missing = BTreeSet::new();
        for row in ledger().expect("the ledger reads").iter().flat_map(|entry| &entry.rows) {
            if !matches!(row.state, State::Tested | State::Partial) {
                continue;
            }
            let test = row.why.split("; ").next().unwrap_or_default();
            let (path, text) = match test.split_once(' ') {
                Some(("server", name)) => {
                    let (module, function) = name.rsplit_once("::").expect("a module and a function");
                    (
                        format!("crates/server/tests/it/{}.rs", module.replace("::", "/")),
                        format!("fn {function}("),
                    )
                }
                Some(("scenario", name)) => {
                    let (file, title) = name.split_once(": ").expect("a file and a title");
                    (format!("scenarios/{file}.yaml"), title.to_owned())
                }
                _ => panic!("{test:?} is neither of the server nor a scenario"),
            };
            if !fs::read_to_string(root.join(path)).unwrap_or_default().contains(&text) {
                missing.insert(test.to_owned());
            }
        }
        assert_eq!(missing, BTreeSet::new(), "`cargo fidelity` makes the ledger anew");
    }
}
