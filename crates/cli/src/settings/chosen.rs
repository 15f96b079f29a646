//! Which platform, which app, which token: what all the sources say together.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use larkspur::{Client, ClientBuilder, FEISHU, LARK, login::UserTokens};

use super::{Config, Profile, cache_folder, is_production, variable};
use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
};

/// Where `larkspur serve` listens unless it is told otherwise.
const LOCAL: &str = "http://127.0.0.1:7790";

const USER_AGENT: &str = concat!("larkspur-cli/", env!("CARGO_PKG_VERSION"));

/// What flags, environment and profiles say, not yet what it means.
pub(super) struct Chosen {
    /// A profile was named on the command line, and goes before the environment.
    pub(super) is_named: bool,
    /// What the profile is called, if there is one.
    pub(super) name: Option<String>,
    profile: Profile,
    base_url: Option<String>,
}

impl Chosen {
    pub(super) fn of(common: &Common) -> Result<Self> {
        let config = Config::load()?;
        let named = common.profile.clone();
        let is_named = named.is_some();
        let named = named.or_else(|| variable("PROFILE"));
        let profile = config.profile(named.as_deref())?.unwrap_or_default();
        Ok(Self { is_named, name: named.or(config.current), profile, base_url: common.base_url.clone() })
    }

    /// The address that was given, wherever.
    fn base_url(&self) -> Option<String> {
        let of_profile = self.profile.base_url.clone();
        let named = of_profile.clone().filter(|_| self.is_named);
        self.base_url.clone().or(named).or_else(|| variable("BASE_URL")).or(of_profile)
    }

    /// The platform that is talked to.
    fn platform(&self) -> String {
        let brand = || variable("BRAND").map(|brand| if brand == "lark" { LARK } else { FEISHU }.to_owned());
        self.base_url().or_else(brand).unwrap_or_else(|| FEISHU.to_owned())
    }

    /// The users who logged in to the app, if there is an app and a place to keep them.
    pub(super) fn users(&self) -> Option<UserTokens> {
        let base_url = self.platform();
        let base_url = url::Url::parse(&base_url).map_or(base_url, |url| url.to_string());
        Some(UserTokens::new(cache_folder()?.join("users"), &base_url, &self.app_id()?))
    }

    pub(super) fn app_id(&self) -> Option<String> {
        let of_profile = self.profile.app_id.clone();
        let named = of_profile.clone().filter(|_| self.is_named);
        named.or_else(|| variable("APP_ID")).or(of_profile)
    }

    fn secret(&self) -> Result<Option<String>> {
        if self.is_named && self.profile.app_id.is_some() {
            return self.profile.secret();
        }
        from_environment()?.map_or_else(|| self.profile.secret(), |secret| Ok(Some(secret)))
    }

    /// A client of the app itself.
    pub(super) fn app(&self) -> Result<ClientBuilder> {
        let app_id = self.app_id().ok_or_else(no_credentials)?;
        Ok(Client::builder(app_id, self.secret()?.ok_or_else(no_credentials)?))
    }

    /// The client, at the platform that was chosen.
    pub(super) fn build(&self, builder: ClientBuilder) -> Result<Client> {
        let base_url = self.platform();
        if self.profile.test && is_production(&base_url) {
            let message = format!("the profile is for tests, and {base_url} is the production platform");
            return Err(Failure::new(Kind::Policy, message)
                .hint("choose another profile, or make one without --test"));
        }
        finish(builder, base_url)
    }
}

fn finish(builder: ClientBuilder, base_url: String) -> Result<Client> {
    let builder = builder.base_url(base_url).user_agent(USER_AGENT);
    let builder = match ca_file() {
        Some(file) => builder.ca_file(file),
        None => builder,
    };
    let builder = match cache_folder() {
        Some(folder) => builder.token_folder(folder.join("tokens")),
        None => builder,
    };
    Ok(builder.build()?)
}

/// Certificates to trust besides the public ones.
fn ca_file() -> Option<PathBuf> {
    variable("CA_FILE").or_else(|| env::var("SSL_CERT_FILE").ok()).map(PathBuf::from)
}

/// A client that has the app's id and secret, whatever tokens there are besides: for long connections.
pub(crate) fn bot(common: &Common) -> Result<Client> {
    bot_with(common, |builder| builder)
}

/// The same, with something else set.
pub(crate) fn bot_with(common: &Common, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Client> {
    if common.identity.as_deref() == Some("user") {
        let failure = Failure::usage("events are received as the bot, not as a user");
        return Err(failure.hint("leave --as out, or pass --as bot").param("as"));
    }
    let chosen = Chosen::of(common)?;
    chosen.build(set(chosen.app()?))
}

/// A client of a platform on this machine, for the endpoints that only it has.
pub(super) fn local(common: &Common) -> Result<Client> {
    let base_url = Chosen::of(common)?.base_url().unwrap_or_else(|| LOCAL.to_owned());
    if is_production(&base_url) {
        let message = format!("{base_url} is the vendor's platform, and only a local one can do this");
        return Err(Failure::usage(message)
            .hint("start one with `larkspur serve`, and name it with --base-url or a profile")
            .with("sent", false));
    }
    finish(Client::with_token(""), base_url)
}

/// The platform that flags, environment and profile name.
pub(crate) fn base_url(common: &Common) -> Result<String> {
    Ok(Chosen::of(common)?.platform())
}

/// The app that flags, environment and profile name.
pub(crate) fn app_id(common: &Common) -> Result<Option<String>> {
    Ok(Chosen::of(common)?.app_id())
}

/// The app and its secret, if there are both.
pub(crate) fn credentials(common: &Common) -> Result<(String, String)> {
    let chosen = Chosen::of(common)?;
    let app_id = chosen.app_id().ok_or_else(no_credentials)?;
    Ok((app_id, chosen.secret()?.ok_or_else(no_credentials)?))
}

pub(super) fn no_credentials() -> Failure {
    Failure::new(Kind::Authentication, "there are no credentials")
        .hint("set LARKSPUR_APP_ID and LARKSPUR_APP_SECRET (or LARKSPUR_APP_SECRET_FILE), or run `larkspur config init`")
}

fn read_secret(path: &Path) -> Result<String> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::new(Kind::Config, format!("{}: {error}", path.display())))?;
    Ok(text.trim().to_owned())
}

fn from_environment() -> Result<Option<String>> {
    match (variable("APP_SECRET"), variable("APP_SECRET_FILE")) {
        (Some(secret), _) => Ok(Some(secret)),
        (None, Some(path)) => read_secret(Path::new(&path)).map(Some),
        (None, None) => Ok(None),
    }
}

impl Profile {
    fn secret(&self) -> Result<Option<String>> {
        match (&self.app_secret, &self.app_secret_file) {
            (Some(secret), _) => Ok(Some(secret.clone())),
            (None, Some(path)) => read_secret(path).map(Some),
            (None, None) => Ok(None),
        }
    }
}
