//! Who calls: the bot of the app, or a user who logged in to it.

use std::process::{Command, Stdio};

use larkspur::{
    Client,
    login::{TokenStatus, UserToken, UserTokens},
};
use larkspur_api::endpoint::Meta;

use super::{
    chosen::{Chosen, local},
    variable,
};
use crate::{
    common::Common,
    failure::{Failure, Kind, Result},
};

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    Bot,
    User,
}

impl Identity {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::User => "user",
        }
    }
}

/// The users of the app that was chosen.
pub(crate) struct Users {
    pub(crate) tokens: UserTokens,
    /// Which user is meant by default is remembered for each profile.
    asker: String,
    /// The user that flags or the environment name.
    named: Option<String>,
}

impl Users {
    fn of(chosen: &Chosen, common: &Common) -> Option<Self> {
        let tokens = chosen.users()?;
        let named = common.user.clone().or_else(|| variable("USER"));
        Some(Self { tokens, asker: chosen.name.clone().unwrap_or_default(), named })
    }

    /// Who is meant, if anyone is.
    pub(crate) fn meant(&self) -> Result<Option<UserToken>> {
        match &self.named {
            Some(name) => self.find(name).map(Some),
            None => Ok(self.tokens.default_user(&self.asker)?),
        }
    }

    /// The user of this name or `open_id`.
    pub(crate) fn find(&self, name: &str) -> Result<UserToken> {
        let mut all = self.tokens.list()?;
        let known: Vec<String> = all.iter().map(|user| format!("{} ({})", user.name, user.open_id)).collect();
        all.retain(|user| user.open_id == name || user.name.to_lowercase() == name.to_lowercase());
        let several = all.len() > 1;
        match all.pop() {
            Some(user) if !several => Ok(user),
            Some(_) => Err(Failure::usage(format!("several users are called {name:?}"))
                .hint(format!("name one by the open_id: {}", known.join(", ")))
                .param("user")),
            None => {
                let failure = Failure::new(Kind::Authentication, format!("{name:?} is not logged in"));
                Err(failure
                    .hint(match known.as_slice() {
                        [] => "run `larkspur auth login`".to_owned(),
                        known => format!("run `larkspur auth login`; logged in are {}", known.join(", ")),
                    })
                    .with("subtype", "token_missing")
                    .param("user"))
            }
        }
    }

    /// Makes a user the one who is meant by default.
    pub(crate) async fn choose(&self, user: &UserToken) -> Result<()> {
        Ok(self.tokens.set_default_user(&self.asker, &user.open_id).await?)
    }

    /// Whether a user is the one who is meant by default.
    pub(crate) fn is_default(&self, user: &UserToken) -> bool {
        let default = self.tokens.default_user(&self.asker).ok().flatten();
        default.is_some_and(|default| default.open_id == user.open_id)
    }
}

/// The users who logged in to the app.
pub(crate) fn users(common: &Common) -> Result<Users> {
    let chosen = Chosen::of(common)?;
    if chosen.app_id().is_none() {
        return Err(super::chosen::no_credentials());
    }
    Users::of(&chosen, common).ok_or_else(|| {
        Failure::new(Kind::Config, "there is no home directory to keep users in")
            .hint("set LARKSPUR_CACHE_DIR")
    })
}

/// What `--as` or the environment says; nothing for `auto`.
pub(crate) fn asked(common: &Common) -> Option<Identity> {
    let asked = common.identity.clone().or_else(|| variable("DEFAULT_AS"));
    match asked.as_deref() {
        Some("user") => Some(Identity::User),
        Some("bot") => Some(Identity::Bot),
        _ if common.user.is_some() => Some(Identity::User),
        _ => None,
    }
}

/// Who calls an endpoint if nobody says: the user where a login lasts and the endpoint takes users, otherwise the bot.
fn automatic(meta: &Meta, common: &Common, chosen: &Chosen) -> Identity {
    if meta.user.is_none() {
        return Identity::Bot;
    }
    if meta.tenant.or(meta.app).is_none() {
        return Identity::User;
    }
    if variable("APP_ID").is_none() && variable("USER_ACCESS_TOKEN").is_some() {
        return Identity::User;
    }
    let meant = Users::of(chosen, common).and_then(|users| users.meant().ok().flatten());
    match meant {
        Some(user) if user.status() != TokenStatus::Expired => Identity::User,
        _ => Identity::Bot,
    }
}

/// Who calls an endpoint. Nothing is asked of anyone.
fn identity(meta: &Meta, common: &Common) -> Identity {
    let automatic = || match Chosen::of(common) {
        Ok(chosen) => automatic(meta, common, &chosen),
        Err(_) => Identity::Bot,
    };
    asked(common).unwrap_or_else(automatic)
}

/// Who calls an endpoint, as an answer tells it; who may not is told so, which needs no network and no credentials.
pub(crate) fn caller(meta: &Meta, common: &Common) -> Result<&'static str> {
    if !meta.needs_token() {
        return Ok("none");
    }
    let identity = identity(meta, common);
    check_identity(meta, identity)?;
    Ok(identity.name())
}

/// A client for an endpoint, as flags, environment and profile say.
///
/// Whoever may not call it is told here, before anything else is done. What asks for no token needs no credentials, and
/// what only a local platform has goes nowhere else.
pub(crate) fn client(meta: &Meta, common: &Common) -> Result<Client> {
    if meta.is_own() {
        return local(common);
    }
    let chosen = Chosen::of(common)?;
    if !meta.needs_token() {
        return chosen.build(Client::with_token(""));
    }
    let identity = asked(common).unwrap_or_else(|| automatic(meta, common, &chosen));
    if identity == Identity::Bot && common.user.is_some() {
        return Err(Failure::usage("--user names a user, and the call is made as the bot")
            .hint("pass --as user, or leave --user out")
            .param("user"));
    }
    check_identity(meta, identity)?;
    let client = match identity {
        Identity::User => user(meta, common, &chosen)?,
        Identity::Bot => match variable("TENANT_ACCESS_TOKEN").filter(|_| !chosen.is_named) {
            Some(token) => chosen.build(Client::with_token(token))?,
            None => chosen.build(chosen.app()?)?,
        },
    };
    client.check(meta).map_err(|error| {
        let failure = Failure::from(error);
        // Nobody asked for the user, so perhaps the user is not what is wanted.
        let may_be_bot = asked(common).is_none() && meta.tenant.or(meta.app).is_some();
        if may_be_bot { failure.or_hint("call as the bot with --as bot") } else { failure }
    })?;
    Ok(client)
}

/// A client for a call that helps another: as the same caller where it may, and otherwise as the bot.
pub(crate) fn helper(meta: &Meta, common: &Common) -> Result<Client> {
    if meta.user.is_some() {
        return client(meta, common);
    }
    client(meta, &Common { identity: Some("bot".to_owned()), user: None, ..common.clone() })
}

fn user(meta: &Meta, common: &Common, chosen: &Chosen) -> Result<Client> {
    let given = variable("USER_ACCESS_TOKEN").filter(|_| common.user.is_none() && !chosen.is_named);
    if let Some(token) = given {
        return chosen.build(Client::with_token(token));
    }
    let users = Users::of(chosen, common);
    let meant = users.as_ref().map(Users::meant).transpose()?.flatten();
    let (Some(users), Some(user)) = (users, meant) else {
        return Err(nobody(meta, chosen));
    };
    if user.status() == TokenStatus::NeedsRefresh {
        refresh_apart(common, &user.open_id);
    }
    Ok(chosen.build(chosen.app()?)?.as_user(&users.tokens, user.open_id)?)
}

/// Refreshes a user's tokens in a process that Ctrl-C and `kill -9` of this one do not end: the platform gives them once.
///
/// If that fails the call itself refreshes them, or tells why it cannot be done.
fn refresh_apart(common: &Common, open_id: &str) {
    let Ok(program) = std::env::current_exe() else { return };
    let mut command = Command::new(program);
    command.args(["auth", "refresh", "--user", open_id]);
    for (flag, value) in [("--profile", &common.profile), ("--base-url", &common.base_url)] {
        if let Some(value) = value {
            command.args([flag, value]);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let _ = command.status();
}

fn nobody(meta: &Meta, chosen: &Chosen) -> Failure {
    let several = chosen.users().and_then(|users| users.list().ok()).unwrap_or_default();
    let (message, hint) = if several.len() > 1 {
        let names: Vec<_> = several.iter().map(|user| user.name.as_str()).collect();
        let hint =
            format!("name one with --user, or choose one with `larkspur auth use`: {}", names.join(", "));
        ("several users are logged in, and none is chosen", hint)
    } else {
        let login = crate::failure::login(meta.user.map(crate::failure::wanted).unwrap_or_default());
        let hint = format!("{login}, set LARKSPUR_USER_ACCESS_TOKEN, or call as the bot with --as bot");
        ("no user is logged in", hint)
    };
    Failure::new(Kind::Authentication, message)
        .hint(hint)
        .with("subtype", "token_missing")
        .with("sent", false)
}

/// Refuses a caller that the endpoint does not take.
fn check_identity(meta: &Meta, identity: Identity) -> Result<()> {
    let (taken, other) = match identity {
        Identity::User => (meta.user.is_some(), "bot"),
        Identity::Bot => (meta.tenant.or(meta.app).is_some(), "user"),
    };
    if taken {
        return Ok(());
    }
    let message = format!("{} cannot be called as the {}", meta.id, identity.name());
    Err(Failure::usage(message).hint(format!("pass --as {other}")).param("as").with("sent", false))
}
