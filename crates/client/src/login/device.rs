//! Logins on a machine that has no browser: the user opens an address anywhere, and the machine waits.
//!
//! Source: RFC 8628, as the official command line speaks it.

use std::{fmt, time::Duration};

use larkspur_api::{
    authen::v1::user_info,
    oauth::{
        v1::{device_authorization, revoke},
        v3::token,
    },
};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use super::{LIFE, OFFLINE_ACCESS, UserToken, UserTokens};
use crate::{
    caller::Credentials,
    client::Client,
    error::{ApiError, Error},
    token::now,
};

/// The longest wait between two questions.
const LONGEST: Duration = Duration::from_secs(60);

/// How long a user has, in s, if the platform does not say: what the official command line assumes.
const EXPIRES_IN: i64 = 240;

/// How long to wait between two questions, in s, if the platform does not say.
const INTERVAL: i64 = 5;

/// A login that waits for its user.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeviceLogin {
    /// Goes on with the login, also in another process.
    pub device_code: String,
    /// What the user types, or compares.
    pub user_code: String,
    /// Where the user goes, with the code in it.
    pub verification_url: String,
    /// Where the user types `user_code`.
    pub verification_uri: String,
    /// How long the user has, in s.
    pub expires_in: i64,
    /// What it is for, separated by spaces.
    pub scope: String,
    /// How long to wait between two questions, in s.
    interval: i64,
    /// Whether it is fresh, so that nobody can have answered yet.
    #[serde(skip)]
    fresh: bool,
}

/// Without the codes: with one the login goes on, with the other it is granted.
impl fmt::Debug for DeviceLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceLogin")
            .field("verification_uri", &self.verification_uri)
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Starts a login. `scope` is what it is for, separated by spaces; `offline_access` is asked for besides.
    pub async fn start_login(&self, scope: &str) -> Result<DeviceLogin, Error> {
        let (app_id, _) = self.need_app()?;
        let mut scopes: Vec<&str> = scope.split_whitespace().collect();
        if !scopes.contains(&OFFLINE_ACCESS) {
            scopes.push(OFFLINE_ACCESS);
        }
        let scope = scopes.join(" ");
        let request = device_authorization::Request {
            scope: Some(scope.clone()),
            ..device_authorization::Request::new(app_id)
        };
        let answer = self.send(request).await?;
        let or = |given: i64, default: i64| if given > 0 { given } else { default };
        let complete = answer.verification_uri_complete;
        Ok(DeviceLogin {
            device_code: answer.device_code,
            user_code: answer.user_code,
            verification_url: if complete.is_empty() { answer.verification_uri.clone() } else { complete },
            verification_uri: answer.verification_uri,
            expires_in: or(answer.expires_in, EXPIRES_IN),
            scope,
            interval: or(answer.interval, INTERVAL),
            fresh: true,
        })
    }

    /// Logs a user out: ends the login at the platform, and forgets it here even if the platform cannot be told.
    ///
    /// Gives the user, if one was logged in, and what the platform said.
    pub async fn log_out(
        &self,
        tokens: &UserTokens,
        open_id: &str,
    ) -> Result<Option<(UserToken, Result<(), Error>)>, Error> {
        // Whoever refreshes now would bring a token that nobody revokes.
        let _lock = tokens.lock(open_id).await?;
        let Some(token) = tokens.get(open_id)? else { return Ok(None) };
        let told = self.revoke(&token).await;
        tokens.remove(open_id)?;
        Ok(Some((token, told)))
    }

    /// Ends a user's login at the platform, with all tokens it brought.
    async fn revoke(&self, token: &UserToken) -> Result<(), Error> {
        let (app_id, app_secret) = self.need_app()?;
        let (value, hint) = match &token.refresh_token {
            Some(refresh_token) => (refresh_token, "refresh_token"),
            None => (&token.access_token, "access_token"),
        };
        let request = revoke::Request {
            token_type_hint: Some(hint.to_owned()),
            ..revoke::Request::new(app_id, app_secret, value.clone())
        };
        self.send(request).await.map(drop)
    }
}

fn seconds(seconds: i64) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

impl DeviceLogin {
    /// A login that was started elsewhere.
    pub fn resume(device_code: impl Into<String>) -> Self {
        Self {
            device_code: device_code.into(),
            user_code: String::new(),
            verification_url: String::new(),
            verification_uri: String::new(),
            expires_in: EXPIRES_IN,
            scope: String::new(),
            interval: INTERVAL,
            fresh: false,
        }
    }

    /// Waits until the user agrees, and keeps the tokens.
    ///
    /// A refusal is an [`Error::Api`] whose [word](ApiError::word) is `access_denied`; if nobody answers in time it is
    /// `expired_token`. A network that fails for a while is waited out.
    pub async fn wait(&self, app: &Client, tokens: &UserTokens) -> Result<UserToken, Error> {
        let answer = self.granted(app).await?;
        let bearer = app.with(Credentials::Token(answer.access_token.clone()));
        let user = bearer.send(user_info::get::Request {}).await?;
        let now = now();
        let after =
            |seconds: i64| now.saturating_add(u64::try_from(seconds).unwrap_or(0).saturating_mul(1000));
        let lasts = if answer.expires_in > 0 { answer.expires_in } else { LIFE.0 };
        let refresh_lasts = answer.refresh_token_expires_in.unwrap_or(LIFE.1);
        let token = UserToken {
            open_id: user.open_id.to_string(),
            name: user.name,
            access_token: answer.access_token,
            expires_at: after(lasts),
            refresh_expires_at: answer.refresh_token.is_some().then(|| after(refresh_lasts)),
            refresh_token: answer.refresh_token,
            scope: answer.scope.unwrap_or_default(),
            granted_at: now,
            issued_at: now,
            refreshing_since: None,
            ended: None,
        };
        tokens.keep(&token).await?;
        Ok(token)
    }

    async fn granted(&self, app: &Client) -> Result<token::Response, Error> {
        let ends = Instant::now() + seconds(self.expires_in);
        let mut interval = seconds(self.interval);
        if self.fresh {
            sleep(interval).await;
        }
        loop {
            match self.ask(app).await {
                Ok(answer) => return Ok(answer),
                Err(Error::Api(error)) => {
                    interval = next(interval, &error).ok_or(Error::Api(error))?;
                }
                Err(error) if error.is_retryable() && Instant::now() < ends => {
                    interval = (interval + Duration::from_secs(1)).min(LONGEST);
                }
                Err(error) => return Err(error),
            }
            sleep(interval).await;
        }
    }

    async fn ask(&self, app: &Client) -> Result<token::Response, Error> {
        let (app_id, app_secret) = app.need_app()?;
        let request = token::Request {
            device_code: Some(self.device_code.clone()),
            ..token::Request::new(token::GrantType::DeviceCode, app_id, app_secret)
        };
        app.send(request).await
    }
}

/// How long to wait after a refusal, if it is one that passes.
fn next(interval: Duration, error: &ApiError) -> Option<Duration> {
    match error.word() {
        Some("authorization_pending") => Some(interval),
        Some("slow_down") => Some((interval + Duration::from_secs(5)).min(LONGEST)),
        _ => None,
    }
}
