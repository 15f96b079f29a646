//! The pages on which a person lets an app in: the authorize page, and the page for devices that show a code.
//!
//! Source: `/common-capabilities/sso/api/obtain-oauth-code`. Nobody is logged in here: the person says who they are.

use std::{fmt::Write, sync::Arc};

use axum::{
    Form, Router,
    extract::{Query, RawQuery},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use http::{HeaderName, StatusCode};
use larkspur_domain::{
    App, Context, Failure, Result, act,
    authorization::{
        device::{self, Waiting},
        page::{self, Wish},
    },
};
use larkspur_store::{View, user::UserRow};
use serde::Deserialize;

use crate::{reply, state::State};

/// The page for devices.
pub(crate) const DEVICE: &str = "/_larkspur/device";

const PAGE: &str = include_str!("authorize.html");

/// How many people are shown; others are named by hand.
const SHOWN: usize = 50;

pub(crate) fn router(state: &Arc<State>) -> Router {
    let mut router = Router::new();
    for path in ["/open-apis/authen/v1/authorize", "/open-apis/authen/v1/index"] {
        let (asked, answered) = (Arc::clone(state), Arc::clone(state));
        router = router.route(
            path,
            get(move |Query(query): Query<page::Query>| ask(Arc::clone(&asked), query)).post(
                move |Query(query): Query<page::Query>, Form(answer): Form<Decision>| {
                    decide(Arc::clone(&answered), query, answer)
                },
            ),
        );
    }
    let (asked, answered) = (Arc::clone(state), Arc::clone(state));
    router.route(
        DEVICE,
        get(move |Query(shown): Query<Shown>, RawQuery(_): RawQuery| ask_device(Arc::clone(&asked), shown))
            .post(move |Form(answer): Form<Decision>| decide_device(Arc::clone(&answered), answer)),
    )
}

/// What a person answers.
#[derive(Deserialize)]
struct Decision {
    #[serde(default)]
    user: String,
    #[serde(default)]
    other: String,
    decision: String,
    #[serde(default)]
    user_code: String,
}

impl Decision {
    fn name(&self) -> &str {
        if self.other.trim().is_empty() { &self.user } else { self.other.trim() }
    }

    fn agrees(&self) -> bool {
        self.decision == "allow"
    }
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    user_code: String,
}

async fn ask(state: Arc<State>, query: page::Query) -> Response {
    let context = Arc::clone(&state.context);
    let page = state.store.read(move |view| {
        let wish = Wish::read(&context, query)?;
        let scopes: Vec<_> = wish.scopes.iter().cloned().collect();
        question(view, &context, &wish.app, &scopes, "")
    });
    show(&state, page.await)
}

async fn decide(state: Arc<State>, query: page::Query, answer: Decision) -> Response {
    let context = Arc::clone(&state.context);
    let went = state.store.write(move |tx| {
        let wish = Wish::read(&context, query)?;
        if !answer.agrees() {
            return Ok(wish.deny());
        }
        let user = act::person(tx, &context, answer.name())?.user;
        wish.grant(tx, &context, user.id)
    });
    match went.await {
        Ok(url) => (StatusCode::FOUND, Redirect::to(&url)).into_response(),
        Err(failure) => show(&state, Err(failure)),
    }
}

async fn ask_device(state: Arc<State>, shown: Shown) -> Response {
    let context = Arc::clone(&state.context);
    let page = state.store.read(move |view| {
        let code = shown.user_code.trim();
        if code.is_empty() {
            return Ok(type_code(""));
        }
        match device::waiting(view, &context, code)? {
            Some(Waiting { row, app, scopes }) => {
                let hidden =
                    format!(r#"<input type="hidden" name="user_code" value="{}">"#, escape(&row.user_code));
                question(view, &context, &app, &scopes, &hidden)
            }
            None => Ok(type_code("No device waits with this code. It may have expired: start again there.")),
        }
    });
    show(&state, page.await)
}

async fn decide_device(state: Arc<State>, answer: Decision) -> Response {
    let context = Arc::clone(&state.context);
    let page = state.store.write(move |tx| {
        let Some(Waiting { row, app, .. }) = device::waiting(tx, &context, &answer.user_code)? else {
            return Ok(type_code("No device waits with this code. It may have expired: start again there."));
        };
        let agrees = answer.agrees();
        let user = act::person(tx, &context, answer.name())?.user;
        device::decide(tx, &context, &app, row, user.id, agrees)?;
        let outcome = if agrees {
            format!("<h1>Done</h1><p>{} may now act as {}.</p>", escape(&app.row.name), escape(&user.name))
        } else {
            format!("<h1>Refused</h1><p>{} got nothing.</p>", escape(&app.row.name))
        };
        Ok(format!("{outcome}<p>You can close this page and go back to the device.</p>"))
    });
    show(&state, page.await)
}

/// Who are you, and may it?
fn question(
    view: &View<'_>,
    context: &Context,
    app: &App,
    scopes: &[String],
    hidden: &str,
) -> Result<String> {
    let mut people = Vec::new();
    for app in context.apps.installations(app.home()) {
        let mut users = view.users(&app.row.tenant_key)?;
        users.retain(|user| !user.resigned && app.is_available_to(user.id));
        people.append(&mut users);
    }
    let mut body = format!(
        "<h1>{} wants to act in your name</h1><p>It will see who you are{}</p><form method=\"post\">{hidden}<h2>Who are you?</h2><fieldset>",
        escape(&app.row.name),
        if scopes.is_empty() { ".".to_owned() } else { ", and asks for what is listed below.".to_owned() },
    );
    for (at, user) in people.iter().take(SHOWN).enumerate() {
        person(&mut body, user, at == 0);
    }
    body.push_str("</fieldset>");
    if people.len() > SHOWN {
        let others = people.len() - SHOWN;
        let _ = write!(
            body,
            "<p>and {others} others: a name, an e-mail address or an id</p><input type=\"text\" name=\"other\">"
        );
    }
    if !scopes.is_empty() {
        body.push_str("<h2>What it asks for</h2><ul>");
        for scope in scopes {
            let _ = write!(body, "<li>{}</li>", escape(scope));
        }
        body.push_str("</ul>");
    }
    body.push_str(
        "<div class=\"do\"><button name=\"decision\" value=\"deny\">Refuse</button><button class=\"yes\" name=\"decision\" value=\"allow\">Allow</button></div></form>",
    );
    Ok(body)
}

fn person(body: &mut String, user: &UserRow, first: bool) {
    let _ = write!(
        body,
        "<label class=\"user\"><input type=\"radio\" name=\"user\" value=\"{}\"{}>{}<small>{}</small></label>",
        escape(&user.union_id),
        if first { " checked" } else { "" },
        escape(&user.name),
        escape(user.email.as_deref().unwrap_or(&user.user_id)),
    );
}

fn type_code(wrong: &str) -> String {
    let wrong = if wrong.is_empty() { String::new() } else { format!("<p class=\"error\">{wrong}</p>") };
    format!(
        "<h1>Let a device in</h1><p>Type the code that it shows.</p>{wrong}<form method=\"get\"><h2>Code</h2><input type=\"text\" class=\"code\" name=\"user_code\" autofocus autocomplete=\"off\" placeholder=\"BCDF-GHJK\"><div class=\"do\"><button class=\"yes\">Go on</button></div></form>"
    )
}

/// A page, or the page that says why there is none.
fn show(state: &State, page: Result<String>) -> Response {
    let (status, body) = match page {
        Ok(body) => (StatusCode::OK, body),
        Err(Failure::Refused(refusal)) => {
            let status = StatusCode::from_u16(refusal.code.status).unwrap_or(StatusCode::BAD_REQUEST);
            let what = refusal.field_violations.first().map(|violation| violation.description.clone());
            let body = format!(
                "<h1>This request cannot be answered</h1><p class=\"error\">{} {}</p><p>{}</p>",
                refusal.code.number,
                escape(&what.unwrap_or_else(|| refusal.message())),
                escape(refusal.code.hint),
            );
            (status, body)
        }
        Err(Failure::Store(error)) => {
            tracing::error!(%error, "store failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "<h1>The platform failed</h1>".to_owned())
        }
    };
    let html = PAGE.replace("{{title}}", "Larkspur: let an app in").replace("{{body}}", &body);
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    let headers = [
        (HeaderName::from_static("content-security-policy"), policy),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
        (HeaderName::from_static("cache-control"), "no-store"),
    ];
    let mut response = (status, headers, Html(html)).into_response();
    reply::name(&mut response, &reply::log_id(&state.context));
    response
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}
