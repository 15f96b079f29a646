//! Who calls, with which token.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderValue;
use larkspur_api::{
    auth::v3::auth::tenant_access_token_internal,
    code::gateway,
    endpoint::{Meta, Place, Scopes},
};

use crate::{
    client::{Client, header},
    error::{ApiError, Error},
    login::UserTokens,
    token::Token,
};

#[derive(Clone)]
pub(crate) enum Credentials {
    /// The bot of an app.
    App { app_id: String, app_secret: String },
    /// A user of the app, whose tokens are kept.
    User { app_id: String, app_secret: String, tokens: UserTokens, open_id: String },
    /// Whoever this token belongs to.
    Token(String),
}

impl Client {
    /// The app and its secret, unless all there is is a token.
    pub(crate) fn app(&self) -> Option<(&str, &str)> {
        match self.credentials() {
            Credentials::App { app_id, app_secret } | Credentials::User { app_id, app_secret, .. } => {
                Some((app_id, app_secret))
            }
            Credentials::Token(_) => None,
        }
    }

    pub(crate) fn need_app(&self) -> Result<(&str, &str), Error> {
        self.app().ok_or_else(|| Error::Config("this needs the app's id and secret, not a token".to_owned()))
    }

    /// Whether the caller may call an endpoint, as far as it can be known without asking: nothing is sent.
    ///
    /// [`send`](Self::send) looks by itself. A program that does something else first may look before that.
    pub fn check(&self, meta: &Meta) -> Result<(), Error> {
        let wrong = |user| Error::WrongIdentity { endpoint: meta.id, user };
        match self.credentials() {
            _ if !meta.needs_token() => Ok(()),
            Credentials::Token(_) => Ok(()),
            Credentials::App { .. } if meta.tenant.or(meta.app).is_none() => Err(wrong(false)),
            Credentials::App { .. } => Ok(()),
            Credentials::User { tokens, open_id, .. } => {
                let needed = meta.user.ok_or_else(|| wrong(true))?;
                let missing = tokens.missing(open_id, needed)?;
                if missing.is_empty() {
                    return Ok(());
                }
                Err(Error::MissingScope { missing, any: matches!(needed, Scopes::Any(_)) })
            }
        }
    }

    /// Gets the token that calls will need, if it is not there or ends soon.
    ///
    /// Every call does it by itself. A login that is not used for a week ends, unless this is done in between.
    pub async fn prepare(&self) -> Result<(), Error> {
        match self.credentials() {
            Credentials::Token(_) => Ok(()),
            Credentials::App { app_id, app_secret } => self.tenant_token(app_id, app_secret).await.map(drop),
            Credentials::User { tokens, open_id, .. } => {
                self.user_token(tokens, open_id, None).await.map(drop)
            }
        }
    }

    /// The token for an endpoint; another than the one that was refused.
    pub(crate) async fn token(&self, meta: &Meta, refused: Option<&str>) -> Result<Option<String>, Error> {
        if !meta.needs_token() {
            return Ok(None);
        }
        match self.credentials() {
            Credentials::Token(token) => Ok(Some(token.clone())),
            Credentials::App { app_id, app_secret } => self.tenant_token(app_id, app_secret).await.map(Some),
            Credentials::User { tokens, open_id, .. } => {
                self.user_token(tokens, open_id, refused).await.map(Some)
            }
        }
    }

    async fn tenant_token(&self, app_id: &str, app_secret: &str) -> Result<String, Error> {
        let tokens = self.tokens();
        if let Some(token) = tokens.get() {
            return Ok(token.value);
        }
        let _minting = tokens.minting.lock().await;
        let _others = tokens.lock().await;
        // Someone else may have got one meanwhile.
        if let Some(token) = tokens.get() {
            return Ok(token.value);
        }
        let request = tenant_access_token_internal::Request::new(app_id, app_secret);
        let answer = Box::pin(self.send(request)).await?;
        let lasts = Duration::from_secs(u64::try_from(answer.expire).unwrap_or_default());
        let token = Token::new(answer.tenant_access_token, lasts);
        tokens.keep(&token);
        Ok(token.value)
    }

    /// Whether another token may help, once in a call.
    pub(crate) fn renew(&self, error: &ApiError, token: &str, refused: &mut Option<String>) -> bool {
        if refused.is_some() {
            return false;
        }
        let again = match self.credentials() {
            Credentials::Token(_) => false,
            Credentials::App { .. } if error.is_token_invalid() => {
                self.tokens().forget(token);
                true
            }
            Credentials::App { .. } => false,
            Credentials::User { tokens, open_id, .. } => {
                // The same code refuses tokens of users where none are taken: a new one that is refused is not too old.
                let is_ended = error.code == gateway::USER_TOKEN_EXPIRED.number;
                is_ended || error.is_user_token_invalid() && !tokens.is_new(open_id, token)
            }
        };
        if again {
            *refused = Some(token.to_owned());
        }
        again
    }

    /// The app's name and secret in a header, for OAuth endpoints whose forms have no place for the secret.
    pub(crate) fn basic(&self, meta: &Meta) -> Result<Option<HeaderValue>, Error> {
        let has = |name: &str| meta.fields_in(Place::Body).any(|field| field.name == name);
        if !meta.oauth || !has("client_id") || has("client_secret") {
            return Ok(None);
        }
        let Some((app_id, app_secret)) = self.app() else { return Ok(None) };
        let mut value = header(&format!("Basic {}", STANDARD.encode(format!("{app_id}:{app_secret}"))))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}
