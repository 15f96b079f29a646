//! New tokens for a refresh token, which is good once.
//!
//! Nobody can make the answer of the platform and the file on this machine one step. So the order is: take the lock, look
//! whether someone else has done it, write down that a refresh is under way, ask, write the new tokens. Who dies between
//! the answer and the file leaves a refresh token that is used up; the next one is told so by the platform, and tells the
//! user that the refresh was cut off. The access token is refreshed five minutes ahead and lives out its time, so even then
//! calls go on for a while. A token is never thrown away because the network failed or another process was faster.

use std::pin::Pin;

use larkspur_api::{
    authen::v2::oauth_token::{Response, refresh},
    code::oauth,
};

use super::{LIFE, UserToken, UserTokens};
use crate::{
    caller::Credentials,
    client::Client,
    error::{ApiError, Error, Outcome},
    token::now,
};

/// Refusals after which no refresh with this token will ever succeed.
fn is_spent(error: &ApiError) -> bool {
    [oauth::REFRESH_INVALID, oauth::REFRESH_EXPIRED, oauth::REFRESH_REVOKED, oauth::REFRESH_USED]
        .iter()
        .any(|code| code.number == error.code)
}

impl Client {
    /// A user's token: the one that is kept, or a new one if it ends soon or was refused.
    pub(crate) async fn user_token(
        &self,
        tokens: &UserTokens,
        open_id: &str,
        refused: Option<&str>,
    ) -> Result<String, Error> {
        if let Some(token) = tokens.fresh(open_id, refused)? {
            return Ok(token.access_token);
        }
        // A caller that goes away must not take the answer with it.
        let refresh =
            refresh_alone(self.clone(), tokens.clone(), open_id.to_owned(), refused.map(str::to_owned));
        match tokio::spawn(refresh).await {
            Ok(token) => token.map(|token| token.access_token),
            Err(error) => Err(Error::Config(format!("the refresh was ended: {error}"))),
        }
    }
}

type Refreshed = Pin<Box<dyn Future<Output = Result<UserToken, Error>> + Send>>;

/// Boxed, because a refresh is itself a call.
fn refresh_alone(client: Client, tokens: UserTokens, open_id: String, refused: Option<String>) -> Refreshed {
    Box::pin(async move {
        let _lock = tokens.lock(&open_id).await?;
        // Someone else may have got one meanwhile.
        if let Some(token) = tokens.fresh(&open_id, refused.as_deref())? {
            return Ok(token);
        }
        let mut token = tokens.get(&open_id)?.ok_or_else(|| nobody(&open_id))?;
        let lasting = |token: UserToken| {
            let is_refused = refused.as_ref() == Some(&token.access_token);
            (!token.is_over() && !is_refused).then_some(token)
        };
        let Some(refresh_token) = token.refresh_token.clone().filter(|_| token.can_refresh()) else {
            let over = ended(&token);
            return lasting(token).ok_or(over);
        };
        let cut_off = token.refreshing_since.replace(now());
        tokens.put(&token)?;
        match ask(&client, &refresh_token).await {
            Ok(answer) => {
                token.renew(answer);
                if let Err(error) = tokens.put(&token) {
                    tracing::error!(%error, "new tokens cannot be written, and the old ones are used up");
                }
                Ok(token)
            }
            Err(Error::Api(error)) if is_spent(&error) => {
                // A login, or a process that knows nothing of locks, may have put another there.
                let current = tokens.get(&open_id)?.ok_or_else(|| nobody(&open_id))?;
                if current.refresh_token.as_ref() != Some(&refresh_token) {
                    let over = ended(&current);
                    return lasting(current).ok_or(over);
                }
                token.refreshing_since = None;
                token.ended = Some(why(&error, cut_off.is_some()));
                tokens.put(&token)?;
                let over = ended(&token);
                lasting(token).ok_or(over)
            }
            Err(error) => {
                // Where the outcome is unknown the intent stays, for the next one to tell what happened.
                if !matches!(error, Error::Network { outcome: Outcome::Unknown, .. }) {
                    token.refreshing_since = cut_off;
                    tokens.put(&token)?;
                }
                lasting(token).ok_or(error)
            }
        }
    })
}

async fn ask(client: &Client, refresh_token: &str) -> Result<Response, Error> {
    let (app_id, app_secret) = client.need_app()?;
    let request = refresh::Request::new(refresh::GrantType::RefreshToken, app_id, app_secret, refresh_token);
    let app = Credentials::App { app_id: app_id.to_owned(), app_secret: app_secret.to_owned() };
    client.with(app).send(request).await
}

fn why(error: &ApiError, cut_off: bool) -> String {
    let told = match error.code {
        _ if cut_off => "an earlier refresh was cut off after the platform had used the refresh token up",
        code if code == oauth::REFRESH_EXPIRED.number => "its refresh token has expired",
        code if code == oauth::REFRESH_REVOKED.number => "it was revoked",
        code if code == oauth::REFRESH_USED.number => "its refresh token was used elsewhere",
        _ => "the platform does not know its refresh token",
    };
    format!("{told} ({})", error.code)
}

fn nobody(open_id: &str) -> Error {
    Error::LoggedOut {
        open_id: open_id.to_owned(),
        scope: String::new(),
        why: format!("{open_id} is not logged in"),
    }
}

fn ended(token: &UserToken) -> Error {
    let why = token.ended.as_deref().unwrap_or("its token has ended, and it has no refresh token");
    Error::LoggedOut {
        open_id: token.open_id.clone(),
        scope: token.scope.clone(),
        why: format!("the login of {} is over: {why}", token.name),
    }
}

impl UserToken {
    /// Takes the tokens of an answer in place of its own.
    fn renew(&mut self, answer: Response) {
        let now = now();
        let after =
            |seconds: i64| now.saturating_add(u64::try_from(seconds).unwrap_or(0).saturating_mul(1000));
        self.access_token = answer.access_token;
        self.expires_at = after(if answer.expires_in > 0 { answer.expires_in } else { LIFE.0 });
        self.refresh_token = answer.refresh_token;
        self.refresh_expires_at = answer.refresh_token_expires_in.map(after);
        if !answer.scope.trim().is_empty() {
            self.scope = answer.scope;
        }
        self.issued_at = now;
        self.refreshing_since = None;
        self.ended = None;
    }
}
