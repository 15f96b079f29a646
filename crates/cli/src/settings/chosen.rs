//! Which platform, which app, which token: what all the sources say together.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use larkspur::{Client, ClientBuilder, FEISHU, LARK};
use larkspur_api::endpoint::Meta;

use super::{Config, Profile, cache_folder, is_production, variable};
use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
};

/// Where `larkspur serve` listens unless it is told otherwise.
const LOCAL: &str = "http://127.0.0.1:7790";

const USER_AGENT: &str = concat!("larkspur-cli/", env!("CARGO_PKG_VERSION"));

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    Bot,
    User,
}

impl Identity {
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::User => "user",
        }
    }
}

/// Who calls, as far as it can be said without reading anything.
pub(crate) fn identity(common: &Common) -> Identity {
    let asked = common.identity.clone().or_else(|| variable("DEFAULT_AS"));
    match asked.as_deref() {
        Some("user") => Identity::User,
        Some("bot") => Identity::Bot,
        _ if variable("APP_ID").is_none() && variable("USER_ACCESS_TOKEN").is_some() => Identity::User,
        _ => Identity::Bot,
    }
}

/// What flags, environment and profiles say, not yet what it means.
struct Chosen {
    /// A profile was named on the command line, and goes before the environment.
    is_named: bool,
    profile: Profile,
    base_url: Option<String>,
}

impl Chosen {
    fn of(common: &Common) -> Result<Self> {
        let config = Config::load()?;
        let named = common.profile.clone();
        let is_named = named.is_some();
        let profile = config.profile(named.or_else(|| variable("PROFILE")).as_deref())?.unwrap_or_default();
        Ok(Self { is_named, profile, base_url: common.base_url.clone() })
    }

    /// The address that was given, wherever.
    fn base_url(&self) -> Option<String> {
        let of_profile = self.profile.base_url.clone();
        let named = of_profile.clone().filter(|_| self.is_named);
        self.base_url.clone().or(named).or_else(|| variable("BASE_URL")).or(of_profile)
    }

    fn app_id(&self) -> Option<String> {
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
    fn app(&self) -> Result<ClientBuilder> {
        let app_id = self.app_id().ok_or_else(no_credentials)?;
        Ok(Client::builder(app_id, self.secret()?.ok_or_else(no_credentials)?))
    }

    /// The client, at the platform that was chosen.
    fn build(&self, builder: ClientBuilder) -> Result<Client> {
        let brand = || variable("BRAND").map(|brand| if brand == "lark" { LARK } else { FEISHU }.to_owned());
        let base_url = self.base_url().or_else(brand).unwrap_or_else(|| FEISHU.to_owned());
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
pub(crate) fn ca_file() -> Option<PathBuf> {
    variable("CA_FILE").or_else(|| env::var("SSL_CERT_FILE").ok()).map(PathBuf::from)
}

/// A client, as flags, environment and profile say.
pub(crate) fn client(common: &Common) -> Result<Client> {
    let chosen = Chosen::of(common)?;
    let builder = match identity(common) {
        Identity::User => {
            let token = variable("USER_ACCESS_TOKEN").ok_or_else(|| {
                Failure::new(Kind::Authentication, "there is no user token")
                    .hint("set LARKSPUR_USER_ACCESS_TOKEN, or call as the bot with --as bot")
            })?;
            Client::with_token(token)
        }
        Identity::Bot => match variable("TENANT_ACCESS_TOKEN").filter(|_| !chosen.is_named) {
            Some(token) => Client::with_token(token),
            None => chosen.app()?,
        },
    };
    chosen.build(builder)
}

/// A client for one endpoint: what asks for no token needs no credentials, and what only a local platform
/// has goes nowhere else.
pub(crate) fn client_for(meta: &Meta, common: &Common) -> Result<Client> {
    if meta.is_own() {
        return local(common);
    }
    if meta.needs_token() {
        return client(common);
    }
    Chosen::of(common)?.build(Client::with_token(""))
}

/// Who calls an endpoint.
pub(crate) fn caller(meta: &Meta, common: &Common) -> &'static str {
    if meta.needs_token() { identity(common).name() } else { "none" }
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
fn local(common: &Common) -> Result<Client> {
    let base_url = Chosen::of(common)?.base_url().unwrap_or_else(|| LOCAL.to_owned());
    if is_production(&base_url) {
        let message = format!("{base_url} is the vendor's platform, and only a local one can do this");
        return Err(Failure::usage(message)
            .hint("start one with `larkspur serve`, and name it with --base-url or a profile")
            .with("sent", false));
    }
    finish(Client::with_token(""), base_url)
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

fn no_credentials() -> Failure {
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
