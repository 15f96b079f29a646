//! `Debug` shows no secret, of any endpoint's request and answer, of any event.

use larkspur_api::{
    act,
    auth::v3::auth::tenant_access_token_internal,
    endpoint,
    event::{self, Envelope, Header, Incoming},
    oauth, platform,
    secret::is_secret,
    wire,
};
use serde_json::{Value, json};

/// Stands where a secret does.
const SECRET: &str = "s3cr3t";

#[track_caller]
fn hides(shown: &impl std::fmt::Debug) {
    let shown = format!("{shown:?}");
    assert!(!shown.contains(SECRET) && !shown.is_empty(), "{shown}");
}

#[test]
fn requests_and_answers_hide_them() {
    let asked = tenant_access_token_internal::Request::new("cli_x", SECRET);
    hides(&asked);
    assert!(format!("{asked:?}").contains("cli_x"), "{asked:?}");
    hides(&wire::encode(asked).expect("a request"));
    hides(&tenant_access_token_internal::Response {
        tenant_access_token: SECRET.to_owned(),
        ..Default::default()
    });
    let token = oauth::v3::token::Request {
        code: Some(SECRET.to_owned()),
        code_verifier: Some(SECRET.to_owned()),
        refresh_token: Some(SECRET.to_owned()),
        ..oauth::v3::token::Request::new("authorization_code", "cli_x", SECRET)
    };
    hides(&token);
    hides(&wire::encode(token).expect("a request"));
    let app = platform::app::App {
        encrypt_key: SECRET.to_owned(),
        verification_token: SECRET.to_owned(),
        ..Default::default()
    };
    hides(&app);
}

#[test]
fn what_is_no_secret_is_shown() {
    let sent = act::send::Request { text: Some("hello".to_owned()), ..act::send::Request::new("Ada") };
    assert!(format!("{sent:?}").starts_with("Request { user: \"Ada\", "), "{sent:?}");
    assert!(format!("{sent:?}").contains("hello"), "{sent:?}");
}

#[test]
fn events_hide_the_verification_token() {
    hides(&Header { token: SECRET.to_owned(), ..Header::default() });
    let told = |body: Value| Envelope::parse(body.to_string().as_bytes()).expect("a body");
    hides(&told(json!({"type": "url_verification", "challenge": "x", "token": SECRET})));
    let header = json!({"event_id": "e", "event_type": "card.action.trigger", "token": SECRET});
    let context = json!({"preview_token": SECRET, "url": "https://x.example"});
    let body = json!({"schema": "2.0", "header": header, "event": {"token": SECRET, "context": context}});
    let Incoming::Event(envelope) = told(body) else { panic!("an event") };
    hides(&envelope);
    assert!(format!("{envelope:?}").contains("https://x.example"), "{envelope:?}");
    hides(&envelope.decode::<event::card::action::trigger::Event>().expect("its type"));
}

/// Fields whose names sound like secrets and are none, or the other way round, are to be looked at here.
#[test]
fn fields_that_sound_like_secrets_are_judged() {
    let sounds =
        |name: &str| ["secret", "token", "key", "ticket", "code"].iter().any(|part| name.contains(part));
    let mut shown: Vec<&str> = Vec::new();
    for meta in endpoint::registry().into_iter().map(|entry| entry.meta) {
        for field in meta.fields.iter().chain(meta.answer).filter(|field| sounds(field.name)) {
            if !is_secret(field.name) && !shown.contains(&field.name) {
                shown.push(field.name);
            }
        }
    }
    shown.sort_unstable();
    let names = [
        "encryption_key_deleted",
        "event_key",
        "file_key",
        "image_key",
        "page_token",
        "refresh_token_expires_in",
        "tenant_key",
    ];
    assert_eq!(shown, [&names[..], &["token_type", "token_type_hint", "user_code"]].concat());
}
