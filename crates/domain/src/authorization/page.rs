//! The page on which a user lets an app in.
//!
//! Source: `/common-capabilities/sso/api/obtain-oauth-code`.

use std::{collections::BTreeSet, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use larkspur_api::code::oauth;
use larkspur_store::{Tx, authorization::AuthorizationCodeRow};
use serde::Deserialize;
use url::{Host, Url};

use crate::{App, Context, Result};

/// How long a code is valid, in ms.
const CODE_LIFE: i64 = 5 * 60 * 1000;

/// The most scopes that one page asks for.
const MAX_SCOPES: usize = 50;

/// The query of the page, or of the older page without `client_id`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    client_id: Option<String>,
    app_id: Option<String>,
    response_type: Option<String>,
    redirect_uri: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
}

impl Query {
    /// The query with these pairs.
    pub fn of(pairs: impl Iterator<Item = (String, String)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            let place = match name.as_str() {
                "client_id" => &mut query.client_id,
                "app_id" => &mut query.app_id,
                "response_type" => &mut query.response_type,
                "redirect_uri" => &mut query.redirect_uri,
                "scope" => &mut query.scope,
                "state" => &mut query.state,
                "code_challenge" => &mut query.code_challenge,
                "code_challenge_method" => &mut query.code_challenge_method,
                _ => continue,
            };
            *place = Some(value);
        }
        query
    }
}

/// What an app asks a user for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The app.
    pub app: Arc<App>,
    /// What it wants to do.
    pub scopes: BTreeSet<String>,
    redirect_uri: Url,
    given_redirect_uri: String,
    state: Option<String>,
    challenge: Option<(String, String)>,
}

impl Wish {
    /// Reads a query of the page, or refuses it: then there is an error page and nobody is sent anywhere.
    pub fn read(context: &Context, query: Query) -> Result<Self> {
        let old = query.client_id.is_none();
        let client_id = query.client_id.or(query.app_id).ok_or(oauth::PARAMETER_MISSING)?;
        let app = context.apps.by_app_id(&client_id).filter(|app| !app.is_custom_bot());
        let app = app.ok_or(oauth::APP_NOT_EXIST)?;
        super::check_app(&app)?;
        if !old && query.response_type.as_deref() != Some("code") {
            return Err(oauth::PARAMETER_MISSING.into());
        }
        let given_redirect_uri = query.redirect_uri.ok_or(oauth::PARAMETER_MISSING)?;
        let redirect_uri = allowed(&app, &given_redirect_uri)?;
        let scopes = super::scopes(query.scope.as_deref().unwrap_or_default())?;
        if scopes.len() > MAX_SCOPES {
            return Err(oauth::MALFORMED.into());
        }
        super::check_enabled(&app, &scopes)?;
        let challenge = match query.code_challenge.filter(|challenge| !challenge.is_empty()) {
            None => None,
            Some(challenge) => {
                let method = query.code_challenge_method.unwrap_or_else(|| "plain".to_owned());
                if !["plain", "S256"].contains(&method.as_str()) {
                    return Err(oauth::MALFORMED.into());
                }
                Some((challenge, method))
            }
        };
        Ok(Self { app, scopes, redirect_uri, given_redirect_uri, state: query.state, challenge })
    }

    /// A user agrees: where they are sent back to.
    pub fn grant(&self, tx: &Tx<'_>, context: &Context, user: i64) -> Result<String> {
        let app = super::for_user(tx, context, &self.app, user)?;
        let grant = super::consent(tx, context, &app, user, &self.scopes)?;
        let now = context.now();
        let mut bytes = [0; 30];
        context.entropy.fill(&mut bytes);
        let code = URL_SAFE_NO_PAD.encode(bytes);
        let (code_challenge, code_challenge_method) = self.challenge.clone().unzip();
        let row = AuthorizationCodeRow {
            code: code.clone(),
            app: app.row.id,
            user,
            redirect_uri: self.given_redirect_uri.clone(),
            scopes: super::column(grant.scopes),
            code_challenge,
            code_challenge_method,
            expires_at: now + CODE_LIFE,
            used: false,
        };
        tx.insert_authorization_code(&row, now)?;
        Ok(self.back("code", &code))
    }

    /// A user does not agree: where they are sent back to.
    pub fn deny(&self) -> String {
        self.back("error", "access_denied")
    }

    fn back(&self, key: &str, value: &str) -> String {
        let mut url = self.redirect_uri.clone();
        let mut query = url.query_pairs_mut();
        query.append_pair(key, value);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        drop(query);
        url.into()
    }
}

/// An address that the app may send users back to: one of its list, or any of this machine if it has no list.
fn allowed(app: &App, given: &str) -> Result<Url> {
    let url = Url::parse(given).map_err(|_| oauth::REDIRECT_URI_INVALID)?;
    let list = app.row.redirect_uris.as_deref();
    let known = match list.and_then(|list| serde_json::from_str::<Vec<String>>(list).ok()) {
        Some(list) => list.iter().any(|known| known == given),
        None => match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        },
    };
    let web = matches!(url.scheme(), "http" | "https") || list.is_some();
    let runs = matches!(url.scheme(), "javascript" | "data" | "vbscript");
    if known && web && !runs { Ok(url) } else { Err(oauth::REDIRECT_URI_INVALID.into()) }
}
