//! Tenants and apps cannot see each other: an app of another tenant, and another app of the same tenant, call every
//! endpoint of the contract with ids that are not theirs. None may read or change anything.
//!
//! Requests are made from the field tables. A field that is not known here fails the test, so that nobody forgets it.

mod belongings;
mod dump;
mod filling;

use std::{collections::BTreeSet, sync::Arc};

use larkspur_api::endpoint::{Meta, registry};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::Value;

use crate::{Answer, Home, behind::Stage, clocked};
use belongings::Belongings;
use dump::{Dump, Owned};
use filling::{Filler, Filling};

/// What is whose stands in the names. `GARDEN` is the first tenant, and other apps of it may know its people and
/// groups by name. `SECRET` is what only the first app and its chats hold.
const SEED: &str = r#"
[[tenants]]
name = "GARDEN"
tenant_key = "garden0000000000"
apps = [
    { name = "GARDEN first", app_id = "cli_00000000000000a1", app_secret = "first" },
    { name = "GARDEN second", app_id = "cli_00000000000000a2", app_secret = "second" },
]
users = [
    { name = "Ada GARDEN", user_id = "ada", email = "ada@garden.example", mobile = "+8613800000001" },
    { name = "Bo GARDEN", user_id = "bo", email = "bo@garden.example", mobile = "+8613800000002" },
]

[[tenants]]
name = "Other"
tenant_key = "other00000000000"
apps = [{ name = "third", app_id = "cli_00000000000000b1", app_secret = "third" }]
users = [{ name = "Zoe", user_id = "zoe", email = "zoe@other.example", mobile = "+8613800000003" }]
"#;

const FIRST: (&str, &str) = ("cli_00000000000000a1", "first");
const SECOND: (&str, &str) = ("cli_00000000000000a2", "second");
const THIRD: (&str, &str) = ("cli_00000000000000b1", "third");

/// The endpoints that know no caller, and why.
const OPEN: [(&str, &str); 6] = [
    ("custom_bot.", "the address is the credential, and it says where the message goes"),
    ("deliveries.", "the developer's own, of all apps on this machine"),
    ("platform.app.", "the developer's own, of all apps on this machine"),
    ("platform.connection.", "the developer's own, of all apps on this machine"),
    ("platform.trigger", "the developer's own, of all apps on this machine"),
    ("platform.user.", "the developer's own, of all users on this machine"),
];

/// How many requests are tried for each endpoint beside those that aim at one field.
const AT_RANDOM: usize = 20;

/// How many requests aim at each field: all is the caller's own but this.
const AT_EACH: usize = 6;

/// A platform with two tenants and three apps, each with something of everything.
async fn workspace() -> (Stage, Arc<larkspur_server::Platform>, [Belongings; 3]) {
    let folder = tempfile::tempdir().expect("a folder");
    let (clock, builder) = clocked();
    let builder = builder.data(folder.path()).rate_limit(false).seed(SEED);
    let platform = Arc::new(builder.start().await.expect("the platform starts"));
    let mut all = Vec::new();
    for (app, user, other, group, secret) in [
        (FIRST, "ada", Some("bo"), "GARDEN group", "SECRET"),
        (SECOND, "ada", Some("bo"), "second group", "mine"),
        (THIRD, "zoe", None, "third group", "mine"),
    ] {
        let home = Home::of(Arc::clone(&platform), app.0, app.1).await;
        all.push(Belongings::make(&home, app, user, other, group, secret).await);
    }
    Arc::into_inner(platform).expect("the only one").stop().await;
    let stage = Stage::over(folder, clock);
    for one in &mut all {
        one.mint(&stage).await;
    }
    let platform = stage.start(FIRST.0, FIRST.1).await.platform;
    let all = <[Belongings; 3]>::try_from(all).unwrap_or_else(|_| panic!("three"));
    (stage, platform, all)
}

#[tokio::test]
async fn another_tenant_sees_and_changes_nothing() {
    let (stage, platform, [first, _, third]) = workspace().await;
    let home = Home::of(platform, THIRD.0, THIRD.1).await;
    intrude(&stage, &home, &first, &third, &Owned::by_tenant("garden0000000000"), &["GARDEN", "SECRET"])
        .await;
}

#[tokio::test]
async fn another_app_sees_and_changes_nothing() {
    let (stage, platform, [first, second, _]) = workspace().await;
    let home = Home::of(platform, SECOND.0, SECOND.1).await;
    intrude(&stage, &home, &first, &second, &Owned::by_app(FIRST.0), &["SECRET"]).await;
}

/// Calls every endpoint with what belongs to someone else.
async fn intrude(
    stage: &Stage,
    home: &Home,
    theirs: &Belongings,
    mine: &Belongings,
    owned: &Owned,
    marks: &[&str],
) {
    let mut unknown = BTreeSet::new();
    let mut calls = 0;
    for entry in registry() {
        let meta = entry.meta;
        // Users act as the people of their tenant and not of an app.
        let by_people = meta.id.starts_with("act.") && owned.is_an_app();
        if by_people || OPEN.iter().any(|(prefix, _)| meta.id.starts_with(prefix)) {
            continue;
        }
        let before = Dump::of(stage, owned);
        let mut filler = Filler::new(meta, theirs, mine);
        let mut fillings: Vec<_> = (0..AT_RANDOM).map(|_| filler.at_random()).collect();
        for field in filler.aims() {
            fillings.extend((0..AT_EACH).map(|_| filler.aimed_at(&field)));
        }
        unknown.extend(filler.unknown());
        for filling in fillings {
            let answer = send(home, meta, &filling).await;
            calls += 1;
            check(meta, &filling, &answer, theirs, marks);
        }
        let changes = before.changes(&Dump::of(stage, owned));
        assert!(changes.is_empty(), "{} changed what belongs to someone else: {changes:#?}", meta.id);
    }
    assert!(unknown.is_empty(), "say in isolation/filling.rs what these fields hold: {unknown:#?}");
    assert!(calls > 2000, "{calls} calls");
}

async fn send(home: &Home, meta: &Meta, filling: &Filling) -> Answer {
    let method: Method = meta.method.as_str().parse().expect("a method");
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = filling.query.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    let query = pairs.collect::<Vec<_>>().join("&");
    let url = format!("{}{}?{query}", home.platform.base_url(), filling.path);
    let request = reqwest::Client::new().request(method, url);
    let request = if meta.needs_token() { request.bearer_auth(&home.token) } else { request };
    home.send(if filling.body.is_empty() { request } else { request.json(&filling.body) }).await
}

/// Nothing of an answer is someone else's, be it a success or a refusal.
fn check(meta: &Meta, filling: &Filling, answer: &Answer, theirs: &Belongings, marks: &[&str]) {
    let told = || format!("{} with {filling:?} answers {answer:?}", meta.id);
    let text = String::from_utf8_lossy(&answer.bytes);
    assert!(!marks.iter().any(|mark| text.contains(mark)), "{}", told());
    assert!(!theirs.bytes.contains(&answer.bytes), "{}", told());
    assert_ne!(answer.status, 500, "{}", told());
    // One that names nothing but what is someone else's, and names it, is refused, or has nothing to say.
    let nothing = |value: &Value| value.as_str().is_none_or(|text| !theirs.ids().contains(&text));
    if filling.all_theirs && answer.body["code"] == 0 && !meta.write {
        let shown = belongings::leaves(&answer.body["data"]);
        assert!(shown.iter().all(|value| nothing(value) || filling.names(value)), "{}", told());
    }
}
