//! Why something is not emulated, or not all of it: `reasons/`, written by hand.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use larkspur_fidelity::State;
use serde::Deserialize;

/// A file: what stands in `reasons/message.toml` is about the endpoints of that group of the catalogue, what stands
/// in `reasons/any.toml` about all. A key is a row, `230036`, or a row of one endpoint, `im.v1.message.create 230036`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    not_emulated: BTreeMap<String, String>,
    #[serde(default)]
    partial: BTreeMap<String, String>,
}

/// All reasons, by group and key.
pub(crate) struct Reasons(pub(crate) BTreeMap<(String, String), (State, String)>);

/// Reads all of them.
pub(crate) fn read() -> Result<Reasons> {
    let mut all = BTreeMap::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("reasons"))? {
        let path = file?.path();
        let group = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        let read: File = toml::from_str(&text).with_context(|| format!("{} reads", path.display()))?;
        let not_emulated = read.not_emulated.into_iter().map(|one| (State::NotEmulated, one));
        let partial = read.partial.into_iter().map(|one| (State::Partial, one));
        for (state, (key, reason)) in not_emulated.chain(partial) {
            all.insert((group.clone(), key), (state, reason));
        }
    }
    Ok(Reasons(all))
}

impl Reasons {
    /// The reason of a row, the more particular first, with the key it stands under.
    pub(crate) fn of(&self, group: &str, id: &str, key: &str) -> Option<(&(String, String), State, &str)> {
        let particular = format!("{id} {key}");
        let places = [(group, particular.as_str()), ("any", &particular), (group, key), ("any", key)];
        places.into_iter().find_map(|(group, key)| {
            let found = self.0.get_key_value(&(group.to_owned(), key.to_owned()));
            found.map(|(place, (state, reason))| (place, *state, reason.as_str()))
        })
    }
}
