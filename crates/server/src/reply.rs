//! Answers: the envelope, refusals, and the log id that both carry.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::{BufMut, BytesMut};
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use larkspur_api::{
    Refusal,
    code::{auth, gateway},
};
use larkspur_domain::{Context, Failure};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The header that names a call. Written in Title-Case, as one SDK looks for nothing else.
pub(crate) const LOG_ID: HeaderName = HeaderName::from_static("x-tt-logid");

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// A name for a call: 14 digits of time, then 20 hex digits.
pub(crate) fn log_id(context: &Context) -> String {
    let time = jiff::Timestamp::from_millisecond(context.now()).unwrap_or_default();
    let time = time.to_zoned(jiff::tz::TimeZone::UTC);
    format!("{}{}", time.strftime("%Y%m%d%H%M%S"), context.hex(20).to_uppercase())
}

fn respond(status: StatusCode, log_id: &str, body: impl Into<Body>) -> Response {
    let mut response = (status, body.into()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    name(&mut response, log_id);
    response
}

/// Puts the log id on an answer.
pub(crate) fn name(response: &mut Response, log_id: &str) {
    if let Ok(value) = HeaderValue::from_str(log_id) {
        response.headers_mut().insert(LOG_ID, value.clone());
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
}

/// An answer whose body is this and no more.
pub(crate) fn plain(status: StatusCode, log_id: &str, body: &Value) -> Response {
    respond(status, log_id, body.to_string())
}

/// A success with its object under `data`.
pub(crate) fn data(log_id: &str, data: &impl Serialize) -> Response {
    let mut body = BytesMut::with_capacity(512).writer();
    let head = br#"{"code":0,"msg":"success","data":"#;
    body.get_mut().extend_from_slice(head);
    if serde_json::to_writer(&mut body, data).is_err() {
        return failure(log_id, &gateway::INTERNAL.into());
    }
    body.get_mut().extend_from_slice(b"}");
    respond(StatusCode::OK, log_id, body.into_inner().freeze())
}

/// A success whose fields stand beside `code`.
pub(crate) fn flat(log_id: &str, data: &impl Serialize) -> Response {
    let mut body = Map::new();
    body.insert("code".to_owned(), 0.into());
    body.insert("msg".to_owned(), "ok".into());
    match serde_json::to_value(data) {
        Ok(Value::Object(fields)) => body.extend(fields),
        _ => return failure(log_id, &gateway::INTERNAL.into()),
    }
    respond(StatusCode::OK, log_id, Value::Object(body).to_string())
}

/// A refusal, or a fault of our own.
pub(crate) fn failed(log_id: &str, reason: &Failure) -> Response {
    match reason {
        Failure::Refused(refusal) => failure(log_id, refusal),
        Failure::Store(error) => {
            tracing::error!(log_id, %error, "store failed");
            failure(log_id, &gateway::INTERNAL.into())
        }
    }
}

/// A refusal.
pub(crate) fn failure(log_id: &str, refusal: &Refusal) -> Response {
    let code = refusal.code;
    let mut error = Map::new();
    error.insert("message".to_owned(), code.hint.into());
    error.insert("log_id".to_owned(), log_id.into());
    let search = format!("https://open.feishu.cn/search?from=openapi&log_id={log_id}&code={}", code.number);
    error.insert(
        "troubleshooter".to_owned(),
        format!("排查建议查看(Troubleshooting suggestions): {search}").into(),
    );
    if !refusal.field_violations.is_empty() {
        error.insert("field_violations".to_owned(), json!(refusal.field_violations));
    }
    if !refusal.scopes.is_empty() {
        let kind = if code == gateway::USER_SCOPE_MISSING {
            "action_privilege_required"
        } else {
            "action_scope_required"
        };
        let violations: Vec<_> =
            refusal.scopes.iter().map(|scope| json!({"type": kind, "subject": scope})).collect();
        error.insert("permission_violations".to_owned(), violations.into());
    }
    let mut body = Map::new();
    body.insert("code".to_owned(), code.number.into());
    body.insert("msg".to_owned(), refusal.message().into());
    // Clients read `data` of these two before they look at the code.
    if code == gateway::BAD_REQUEST || code == auth::INVALID_PARAM {
        body.insert("data".to_owned(), json!({}));
    }
    body.insert("error".to_owned(), error.into());
    let status = StatusCode::from_u16(code.status).unwrap_or(StatusCode::BAD_REQUEST);
    respond(status, log_id, Value::Object(body).to_string())
}

/// A refusal as custom bots give it: always HTTP 200, and nothing but code and message. An answer that
/// says `ok` says so in refusals too.
pub(crate) fn refused_by_hook(log_id: &str, refusal: &Refusal, says_ok: bool) -> Response {
    let mut body = Map::new();
    body.insert("code".to_owned(), refusal.code.number.into());
    body.insert("data".to_owned(), json!({}));
    body.insert("msg".to_owned(), refusal.message().into());
    if says_ok {
        body.insert("error".to_owned(), refusal.message().into());
        body.insert("ok".to_owned(), false.into());
    }
    respond(StatusCode::OK, log_id, Value::Object(body).to_string())
}

/// A call too many.
pub(crate) fn limited(log_id: &str, exceeded: crate::limit::Exceeded) -> Response {
    let mut response = failure(log_id, &gateway::RATE_LIMITED.into());
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("x-ogw-ratelimit-limit"), exceeded.limit.into());
    headers.insert(HeaderName::from_static("x-ogw-ratelimit-reset"), exceeded.reset.into());
    response
}
