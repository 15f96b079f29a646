//! What is known of the apps and users of the credentials: tokens, and ids by name.

use std::collections::BTreeMap;

use larkspur::Client;
use larkspur_api::{auth::v3::auth::tenant_access_token_internal, platform::user::token};
use serde_json::{Value, json};

use crate::{
    credentials::{App, Credentials, User},
    request::{Prepared, read, short},
    run::Stop,
};

/// The roles of a server.
pub(crate) struct People {
    client: Client,
    credentials: Credentials,
    /// The roles that scenarios may name.
    roles: Credentials,
    tokens: BTreeMap<String, String>,
    /// Whether the server gives tokens of users to whoever asks.
    pub(crate) gives_tokens: bool,
    /// What was asked for, by its name.
    found: BTreeMap<String, String>,
}

/// Who calls.
pub(crate) enum Caller<'a> {
    Nobody,
    App(&'a str),
    /// A user, through an app.
    User(&'a str, &'a str),
}

impl People {
    pub(crate) fn new(client: Client, credentials: Credentials) -> Self {
        let roles = Credentials::parse(crate::CREDENTIALS).unwrap_or_default();
        Self {
            client,
            credentials,
            roles,
            tokens: BTreeMap::new(),
            gives_tokens: false,
            found: BTreeMap::new(),
        }
    }

    /// The role that a step names.
    pub(crate) fn caller<'a>(&self, role: &'a str) -> Result<Caller<'a>, Stop> {
        if role == "nobody" {
            Ok(Caller::Nobody)
        } else if let (user, app) = role.split_once('@').unwrap_or((role, "main"))
            && self.is_user(user)
        {
            Ok(Caller::User(user, app))
        } else if self.is_app(role) {
            Ok(Caller::App(role))
        } else {
            Err(Stop::Wrong(format!("nobody is called {role}")))
        }
    }

    fn is_user(&self, role: &str) -> bool {
        self.credentials.users.contains_key(role) || self.roles.users.contains_key(role)
    }

    fn is_app(&self, role: &str) -> bool {
        self.credentials.apps.contains_key(role) || self.roles.apps.contains_key(role)
    }

    /// Whether a variable is about a role and not something that was kept.
    pub(crate) fn knows(&self, name: &str) -> bool {
        name.split_once('.').is_some_and(|(role, _)| self.is_user(role) || self.is_app(role))
    }

    fn app(&self, role: &str) -> Result<&App, Stop> {
        let app = self.credentials.apps.get(role);
        app.ok_or_else(|| Stop::Skipped(format!("the credentials have no app `{role}`")))
    }

    fn user(&self, role: &str) -> Result<&User, Stop> {
        let user = self.credentials.users.get(role);
        user.ok_or_else(|| Stop::Skipped(format!("the credentials have no user `{role}`")))
    }

    /// The token of a caller.
    pub(crate) async fn token(&mut self, caller: &Caller<'_>) -> Result<Option<String>, Stop> {
        match caller {
            Caller::Nobody => Ok(None),
            Caller::App(role) => self.app_token(role).await.map(Some),
            Caller::User(role, app) => self.user_token(role, app).await.map(Some),
        }
    }

    async fn app_token(&mut self, role: &str) -> Result<String, Stop> {
        if let Some(token) = self.tokens.get(role) {
            return Ok(token.clone());
        }
        let app = self.app(role)?;
        let request =
            tenant_access_token_internal::Request::new(app.app_id.as_str(), app.app_secret.as_str());
        let minted = self.client.send(request).await;
        let token =
            minted.map_err(|error| Stop::Wrong(format!("the app `{role}` gets no token: {error}")))?;
        self.tokens.insert(role.to_owned(), token.tenant_access_token.clone());
        Ok(token.tenant_access_token)
    }

    /// A user's token for an app: the one of the credentials, which is for `main`, or one that the server gives.
    async fn user_token(&mut self, role: &str, app: &str) -> Result<String, Stop> {
        let key = format!("{role}@{app}");
        let user = self.user(role)?;
        if let Some(token) = user.user_access_token.clone().filter(|_| app == "main") {
            return Ok(token);
        }
        if let Some(token) = self.tokens.get(&key) {
            return Ok(token.clone());
        }
        let name = user.email.clone().or_else(|| user.user_id.clone());
        let (true, Some(name)) = (self.gives_tokens, name) else {
            let why = format!("the credentials have no user_access_token of `{role}` for the app `{app}`");
            return Err(Stop::Skipped(why));
        };
        let app_id = Some(self.app(app)?.app_id.clone());
        let request = token::Request { app_id, ..token::Request::new(name) };
        let given = self.client.send(request).await;
        let given = given.map_err(|error| Stop::Wrong(format!("`{role}` gets no token: {error}")))?;
        self.tokens.insert(key, given.access_token.clone());
        Ok(given.access_token)
    }

    /// What `ada.open_id` and `main.app_id` stand for. An `open_id` is the one that the calling app knows, or that
    /// of another: `ada.open_id@narrow`.
    pub(crate) async fn property(&mut self, name: &str, caller: &Caller<'_>) -> Result<Value, Stop> {
        let (path, of) = name.split_once('@').map_or((name, None), |(path, of)| (path, Some(of)));
        let (role, property) = path.split_once('.').unwrap_or((path, ""));
        let app = of.unwrap_or(match caller {
            Caller::App(role) => role,
            Caller::User(_, app) => app,
            Caller::Nobody => "main",
        });
        if self.is_app(role) {
            let credentials = self.app(role)?;
            return match property {
                "app_id" => Ok(credentials.app_id.clone().into()),
                "app_secret" => Ok(credentials.app_secret.clone().into()),
                "token" => self.app_token(role).await.map(Value::from),
                _ => Err(Stop::Wrong(format!("an app has no {property}"))),
            };
        }
        let user = self.user(role)?;
        let given = match property {
            "email" => user.email.clone(),
            "mobile" => user.mobile.clone(),
            "user_id" => user.user_id.clone(),
            "union_id" => user.union_id.clone(),
            "open_id" => user.open_id.get(app).cloned(),
            "token" => return self.user_token(role, app).await.map(Value::from),
            _ => return Err(Stop::Wrong(format!("a user has no {property}"))),
        };
        match given {
            Some(given) => Ok(given.into()),
            None if property.ends_with("_id") => self.ask(role, property, app).await.map(Value::from),
            None => Err(Stop::Skipped(format!("the credentials have no {property} for `{role}`"))),
        }
    }

    /// Asks the server for an id of a user, by their address.
    async fn ask(&mut self, role: &str, property: &str, app: &str) -> Result<String, Stop> {
        let key = format!("{role}.{property}@{app}");
        if let Some(found) = self.found.get(&key) {
            return Ok(found.clone());
        }
        let user = self.user(role)?;
        let mut fields = json!({"user_id_type": property, "include_resigned": true});
        match (&user.email, &user.mobile) {
            (Some(email), _) => fields["emails"] = json!([email]),
            (None, Some(mobile)) => fields["mobiles"] = json!([mobile]),
            (None, None) => {
                return Err(Stop::Skipped(format!(
                    "the credentials have no {property} for `{role}`, and no address"
                )));
            }
        }
        let token = self.app_token(app).await?;
        let asked = Prepared::endpoint("contact.v3.user.batch_get_id", fields).map_err(Stop::Wrong)?;
        let request = asked.request(Some(&token)).map_err(Stop::Wrong)?;
        let answer = self.client.exchange(request).await.map_err(|error| Stop::Wrong(error.to_string()))?;
        let body = read("application/json", answer.body());
        let found =
            body.pointer("/data/user_list/0/user_id").and_then(Value::as_str).filter(|id| !id.is_empty());
        let found = found.ok_or_else(|| {
            Stop::Skipped(format!(
                "the app `{app}` does not find the {property} of `{role}`: {}",
                short(&body)
            ))
        })?;
        self.found.insert(key, found.to_owned());
        Ok(found.to_owned())
    }

    /// A text without what must not be shown.
    pub(crate) fn harmless(&self, text: &str) -> String {
        let secrets = self.credentials.secrets().chain(self.tokens.values().map(String::as_str));
        secrets
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}
