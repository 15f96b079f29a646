//! How OAuth endpoints take requests and answer: RFC 6749 with the platform's codes beside its words.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token`.

pub(crate) mod token;
mod v1;
mod v3;

use std::collections::HashMap;

use axum::response::Response;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use larkspur_api::{Refusal, code::oauth};
use larkspur_domain::{App, Context, Failure, Result, authorization};
use serde_json::{Map, Value, json};
use std::sync::Arc;

use crate::{reply, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    v3::routes(v1::routes(routes))
}

/// What an endpoint answers: the fields beside `code`, or why not.
pub(crate) type Answer = std::result::Result<Map<String, Value>, Refused>;

/// Why there is no token.
pub(crate) enum Refused {
    /// A refusal with a code.
    Failure(Failure),
    /// A word of RFC 8628, which has no code: a device is not let in, or not yet.
    Word(&'static str, &'static str),
}

impl<F: Into<Failure>> From<F> for Refused {
    fn from(failure: F) -> Self {
        Self::Failure(failure.into())
    }
}

/// The fields of a request.
pub(crate) struct Form {
    fields: HashMap<String, String>,
    basic: Option<(String, String)>,
}

impl Form {
    /// Reads a form or a JSON object, whatever the request calls it: clients send both under either name.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self> {
        let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
        let fields = if first == Some(&b'{') {
            let object: Map<String, Value> = serde_json::from_slice(body).map_err(|_| oauth::MALFORMED)?;
            let mut fields = HashMap::new();
            for (name, value) in object {
                match value {
                    Value::String(value) => drop(fields.insert(name, value)),
                    Value::Null => {}
                    _ => return Err(oauth::MALFORMED.into()),
                }
            }
            fields
        } else {
            form_urlencoded::parse(body).into_owned().collect()
        };
        Ok(Self { fields, basic: basic(headers)? })
    }

    /// A field that has a value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A field that must have one.
    pub(crate) fn need(&self, name: &str) -> Result<&str> {
        self.get(name).ok_or_else(|| oauth::PARAMETER_MISSING.into())
    }

    /// The app that sends it, known by its secret in the header or in the body.
    pub(crate) fn app(&self, context: &Context) -> Result<Arc<App>> {
        let (client_id, client_secret) = match (&self.basic, self.get("client_secret")) {
            (Some(_), Some(_)) => return Err(oauth::MULTIPLE_AUTHENTICATION.into()),
            (Some((id, secret)), None) => {
                if self.get("client_id").is_some_and(|given| given != id) {
                    return Err(oauth::CLIENT_MISMATCH.into());
                }
                (id.as_str(), secret.as_str())
            }
            (None, _) => (self.need("client_id")?, self.need("client_secret")?),
        };
        authorization::authenticate(context, client_id, client_secret)
    }
}

fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let value = value.to_str().map_err(|_| oauth::MALFORMED)?;
    // SDKs attach their tokens everywhere; what is no Basic header is not meant.
    let Some((_, encoded)) = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
    else {
        return Ok(None);
    };
    let decoded = STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = decoded.as_deref().and_then(|pair| pair.split_once(':'));
    let (id, secret) = pair.ok_or(oauth::MALFORMED)?;
    Ok(Some((id.to_owned(), secret.to_owned())))
}

/// The answer on the wire.
pub(crate) fn respond(log_id: &str, answer: Answer) -> Response {
    match answer {
        Ok(fields) => {
            let mut body = Map::from_iter([("code".to_owned(), json!(0))]);
            body.extend(fields);
            reply::plain(StatusCode::OK, log_id, &Value::Object(body))
        }
        Err(Refused::Word(error, description)) => {
            let body = json!({"error": error, "error_description": description});
            reply::plain(StatusCode::BAD_REQUEST, log_id, &body)
        }
        Err(Refused::Failure(Failure::Refused(refusal))) => {
            let status = StatusCode::from_u16(refusal.code.status).unwrap_or(StatusCode::BAD_REQUEST);
            reply::plain(status, log_id, &body(&refusal))
        }
        Err(Refused::Failure(Failure::Store(error))) => {
            tracing::error!(log_id, %error, "store failed");
            reply::plain(StatusCode::INTERNAL_SERVER_ERROR, log_id, &body(&oauth::SERVER_ERROR.into()))
        }
    }
}

fn body(refusal: &Refusal) -> Value {
    let number = refusal.code.number;
    json!({"code": number, "error": oauth::error(number), "error_description": refusal.message()})
}
