//! The token endpoints, which differ in what they take.

use larkspur_api::code::oauth;
use larkspur_domain::{
    authorization::{
        Generation, Tokens,
        device::{self, Polled},
        exchange::{self, CodeExchange},
    },
    token,
};
use serde_json::{Map, Value, json};

use super::{Answer, Form, Refused};
use crate::Call;

const CLIENT_CREDENTIALS: &str = "client_credentials";
const AUTHORIZATION_CODE: &str = "authorization_code";
const REFRESH_TOKEN: &str = "refresh_token";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A user's tokens for whatever the form brings.
pub(crate) async fn of_user(call: Call, form: Form) -> Answer {
    let grant_type = form.need("grant_type")?.to_owned();
    if ![AUTHORIZATION_CODE, REFRESH_TOKEN, DEVICE_CODE].contains(&grant_type.as_str()) {
        return Err(oauth::GRANT_TYPE_UNSUPPORTED.into());
    }
    let app = form.app(&call.state.context)?;
    let owned = |name: &str| form.get(name).map(str::to_owned);
    let scope = owned("scope");
    match grant_type.as_str() {
        AUTHORIZATION_CODE => {
            let request = CodeExchange {
                code: form.need("code")?.to_owned(),
                redirect_uri: owned("redirect_uri"),
                code_verifier: owned("code_verifier"),
                scope,
            };
            let tokens = call
                .change(move |tx, context| exchange::code(tx, context, &app, &request, Generation::V2))
                .await?;
            Ok(fields(tokens))
        }
        REFRESH_TOKEN => {
            let refresh_token = form.need("refresh_token")?.to_owned();
            let tokens = call.change(move |tx, context| {
                exchange::refresh(tx, context, &app, &refresh_token, scope.as_deref(), Generation::V2)
            });
            Ok(fields(tokens.await?))
        }
        _ => {
            let device_code = form.need("device_code")?.to_owned();
            let polled =
                call.change(move |tx, context| device::poll(tx, context, &app, &device_code)).await?;
            let word = |error, description| Err(Refused::Word(error, description));
            match polled {
                Polled::Granted(tokens) => Ok(fields(tokens)),
                Polled::Pending => word("authorization_pending", "The user has not answered yet."),
                Polled::SlowDown => word("slow_down", "Wait five seconds longer between two questions."),
                Polled::Denied => word("access_denied", "The user denied the request."),
                Polled::Expired => word("expired_token", "The device code has expired, or was used."),
            }
        }
    }
}

/// The same, and the tenant's token for the app's own secret.
pub(crate) async fn of_anyone(call: Call, form: Form) -> Answer {
    if form.need("grant_type")? != CLIENT_CREDENTIALS {
        return of_user(call, form).await;
    }
    let app = form.app(&call.state.context)?;
    let now = call.state.context.now();
    let token = call.change(move |tx, context| token::issue(tx, context, app.row.id)).await?;
    let expires_in = (token.expires_at - now).div_euclid(1000);
    Ok(object(json!({"access_token": token.token, "expires_in": expires_in, "token_type": "Bearer"})))
}

fn fields(tokens: Tokens) -> Map<String, Value> {
    let mut fields = object(json!({"access_token": tokens.access_token, "expires_in": tokens.expires_in}));
    if let Some((refresh_token, expires_in)) = tokens.refresh {
        fields.insert("refresh_token".to_owned(), refresh_token.into());
        fields.insert("refresh_token_expires_in".to_owned(), expires_in.into());
    }
    fields.insert("scope".to_owned(), tokens.scope.into());
    fields.insert("token_type".to_owned(), "Bearer".into());
    fields
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
