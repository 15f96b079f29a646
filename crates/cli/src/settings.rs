//! Whom to talk to, as whom: flags, then the environment, then the profile.
//!
//! Nothing here needs a home directory, a terminal or a key store. Secrets come from the environment,
//! from files, or from stdin, and never from arguments, where other users of the machine see them.

mod chosen;
mod identity;

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

pub(crate) use self::{
    chosen::{app_id, base_url, bot, bot_with, credentials},
    identity::{Identity, Users, asked, caller, client, helper, users},
};
use crate::failure::{Failure, Kind, Result};

/// The configuration file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Config {
    /// The profile that is used when none is named.
    pub(crate) current: Option<String>,
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// An app at a platform.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) base_url: Option<String>,
    pub(crate) app_id: Option<String>,
    pub(crate) app_secret: Option<String>,
    pub(crate) app_secret_file: Option<PathBuf>,
    /// A profile for tests never talks to the vendor's own hosts.
    #[serde(default)]
    pub(crate) test: bool,
}

/// An environment variable under our name, or under the one the official command line has for it.
pub(crate) fn variable(name: &str) -> Option<String> {
    let ours = env::var(format!("LARKSPUR_{name}")).ok();
    ours.or_else(|| env::var(format!("LARKSUITE_CLI_{name}")).ok()).filter(|value| !value.is_empty())
}

/// The folder of the configuration, if there is one: without a home directory there may be none.
pub(crate) fn config_folder() -> Option<PathBuf> {
    variable("CONFIG_DIR")
        .map(PathBuf::from)
        .or_else(|| Some(etcetera::choose_base_strategy().ok()?.config_dir().join("larkspur")))
}

/// The folder for what can be got again.
pub(crate) fn cache_folder() -> Option<PathBuf> {
    variable("CACHE_DIR")
        .map(PathBuf::from)
        .or_else(|| Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("larkspur")))
}

/// The folder in which the platform keeps its data by default.
pub(crate) fn data_folder() -> Option<PathBuf> {
    variable("DATA_DIR")
        .map(PathBuf::from)
        .or_else(|| Some(etcetera::choose_base_strategy().ok()?.data_dir().join("larkspur")))
}

pub(crate) fn config_file() -> Option<PathBuf> {
    Some(config_folder()?.join("config.toml"))
}

impl Config {
    /// The configuration; an empty one if there is no file.
    pub(crate) fn load() -> Result<Self> {
        let Some(path) = config_file() else { return Ok(Self::default()) };
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|error| {
                let message = format!("{}: {}", path.display(), error.message());
                Failure::new(Kind::Config, message)
                    .hint("mend the file, or make it anew with `larkspur config init`")
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::new(Kind::Config, format!("{}: {error}", path.display()))),
        }
    }

    /// Writes it whole, for its owner alone. Gives the path.
    pub(crate) fn save(&self) -> Result<PathBuf> {
        let path = config_file().ok_or_else(|| {
            Failure::new(Kind::Config, "there is no home directory to keep the configuration in")
                .hint("set LARKSPUR_CONFIG_DIR, or use LARKSPUR_APP_ID and LARKSPUR_APP_SECRET without a configuration")
        })?;
        let text =
            toml::to_string_pretty(self).map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
        write_private(&path, text.as_bytes())
            .map_err(|error| Failure::new(Kind::Config, format!("{}: {error}", path.display())))?;
        Ok(path)
    }

    /// The profile of this name, or the current one.
    fn profile(&self, name: Option<&str>) -> Result<Option<Profile>> {
        match name {
            Some(name) => match self.profiles.get(name) {
                Some(profile) => Ok(Some(profile.clone())),
                None => {
                    let known: Vec<_> = self.profiles.keys().map(String::as_str).collect();
                    let hint = match known.as_slice() {
                        [] => format!("make it with `larkspur config init --name {name}`"),
                        known => format!("there are: {}", known.join(", ")),
                    };
                    Err(Failure::new(Kind::Config, format!("there is no profile {name:?}")).hint(hint))
                }
            },
            None => Ok(self.current.as_ref().and_then(|name| self.profiles.get(name)).cloned()),
        }
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&beside)?.write_all(bytes)?;
    fs::rename(&beside, path)
}

/// Whether an address is one of the vendor's own.
pub(crate) fn is_production(base_url: &str) -> bool {
    let host =
        url::Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    ["feishu.cn", "larksuite.com"]
        .iter()
        .any(|domain| host == *domain || host.ends_with(&format!(".{domain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_is_known_by_its_domain() {
        assert!(is_production("https://open.feishu.cn"));
        assert!(is_production("https://open.larksuite.com:443"));
        assert!(!is_production("http://127.0.0.1:8080"));
        assert!(!is_production("https://open.feishu.cn.example.com"));
    }
}
