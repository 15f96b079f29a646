//! Who may be acted as.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

/// The apps and users of a server, by the roles that scenarios know them by.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The apps.
    #[serde(default)]
    pub apps: BTreeMap<String, App>,
    /// The users.
    #[serde(default)]
    pub users: BTreeMap<String, User>,
}

/// An app.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Its id.
    pub app_id: String,
    /// Its secret.
    pub app_secret: String,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}

/// A user. An address is enough where apps may ask for ids by it.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number.
    pub mobile: Option<String>,
    /// The id within the tenant.
    pub user_id: Option<String>,
    /// The id across the apps of a developer.
    pub union_id: Option<String>,
    /// The ids by which apps know the user, by the role of the app.
    #[serde(default)]
    pub open_id: BTreeMap<String, String>,
    /// The user's token, for calls in their name.
    pub user_access_token: Option<String>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Why credentials cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is not TOML of the form expected.
    #[error("{0}")]
    Toml(String),
}

impl Credentials {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, CredentialsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| CredentialsError::File { path: path.display().to_string(), source })?;
        Self::parse(&text)
    }

    /// Reads TOML.
    pub fn parse(text: &str) -> Result<Self, CredentialsError> {
        // The error of the parser shows the line, which may hold a secret.
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let line = error.span().map_or(0, |span| text[..span.start].lines().count().max(1));
            CredentialsError::Toml(format!("line {line}: {}", error.message()))
        })
    }

    /// What must never be shown.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let of_apps = self.apps.values().map(|app| app.app_secret.as_str());
        of_apps.chain(self.users.values().filter_map(|user| user.user_access_token.as_deref()))
    }
}
