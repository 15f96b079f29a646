//! Tenants and apps cannot see each other: an app of another tenant, another app of the same tenant, and users who
//! act through these, call every endpoint of the contract that takes their tokens with ids that are not theirs. None
//! may read or change anything.
//!
//! Requests are made from the field tables. A field that is not known here fails the test, so that nobody forgets it.

mod belongings;
mod dump;
mod filling;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use larkspur_api::endpoint::{Meta, registry};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method};
use serde_json::{Value, json};

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
    { name = "Cy GARDEN", user_id = "cy", email = "cy@garden.example", mobile = "+8613800000004" },
]
groups = [{ name = "GARDEN beds", users = ["Ada GARDEN"], bots = ["GARDEN second"] }]
departments = [{ name = "GARDEN beds", department_id = "beds", users = ["Ada GARDEN", "Cy GARDEN"], group = "GARDEN beds" }]

[[tenants]]
name = "Other"
tenant_key = "other00000000000"
apps = [{ name = "third", app_id = "cli_00000000000000b1", app_secret = "third" }]
users = [{ name = "Zoe", user_id = "zoe", email = "zoe@other.example", mobile = "+8613800000003" }]
groups = [{ name = "fields", users = ["Zoe"], bots = ["third"] }]
departments = [{ name = "fields", department_id = "fields", users = ["Zoe"], group = "fields" }]
"#;

/// The endpoints that know no caller, and why.
const OPEN: [(&str, &str); 7] = [
    ("auth.", "the app names itself by its secret: tokens.rs and store_apps.rs are about it"),
    ("authen.v1.", "codes and refresh tokens are credentials: authorization.rs is about them"),
    ("authen.v2.", "the same"),
    ("custom_bot.", "the address is the credential, and it says where the message goes"),
    ("deliveries.", "the developer's own, of all apps on this machine"),
    ("oauth.", "the app names itself by its secret: authorization.rs is about it"),
    ("platform.", "the developer's own, of everything on this machine"),
];

/// How many requests are tried for each endpoint beside those that aim at one field.
const AT_RANDOM: usize = 20;

/// How many requests aim at each field: all is the caller's own but this.
const AT_EACH: usize = 6;

/// How many requests with nothing but the caller's own are tried, to see that they are well made.
const AT_OWN: usize = 80;

/// How long a preview rests after it was updated.
const REST: Duration = Duration::from_secs(6);

/// Endpoints that refuse a caller also what is its own, and why.
const CLOSED: [(&str, &str); 11] = [
    ("act.authorize", "no device waits here"),
    ("act.click", "asks the app, which does not listen here"),
    ("act.open_link", "asks the app, which does not listen here"),
    ("act.submit", "asks the app, which does not listen here"),
    ("act.withdraw", "a user does not take back that they came themselves"),
    ("cardkit.v1.card.id_convert", "the messages here hold no card entity"),
    ("cardkit.v1.card_element.content", "a card types text for ten minutes, and time has passed"),
    ("im.v1.chat_members.me_join", "the groups here are private"),
    ("im.v1.chat_tab.sort_tabs", "names every tab, in an order"),
    ("im.v1.file.create", "a form, and it names nothing"),
    ("im.v1.image.create", "a form, and it names nothing"),
];

/// Who makes something: an app, a user, and another one of the tenant.
type Maker = ((&'static str, &'static str), &'static str, Option<&'static str>);

const BY_FIRST: Maker = (("cli_00000000000000a1", "first"), "ada", Some("bo"));
const BY_SECOND: Maker = (("cli_00000000000000a2", "second"), "ada", Some("bo"));
/// Cy is in no chat of the first app.
const BY_CY: Maker = (("cli_00000000000000a2", "second"), "cy", Some("bo"));
const BY_THIRD: Maker = (("cli_00000000000000b1", "third"), "zoe", None);

/// An app, or a user through it, that calls with what is not its own, on a platform with two tenants and three apps.
struct Intruder {
    stage: Stage,
    home: Home,
    client: Client,
    by: Maker,
    /// What belongs to the first app.
    theirs: Belongings,
    /// What is its own; the tokens in it are good for all that is made later.
    mine: Belongings,
    /// What the calls are made with.
    token: String,
    is_user: bool,
}

#[tokio::test]
async fn another_tenant_sees_and_changes_nothing() {
    let intruder = Intruder::new(BY_THIRD).await;
    intruder.intrude(&Owned::by_tenant("garden0000000000"), &["GARDEN", "SECRET"]).await;
}

#[tokio::test]
async fn a_user_of_another_tenant_sees_and_changes_nothing() {
    let intruder = Intruder::new(BY_THIRD).await.for_user().await;
    intruder.intrude(&Owned::by_tenant("garden0000000000"), &["GARDEN", "SECRET"]).await;
}

#[tokio::test]
async fn a_user_of_another_app_sees_and_changes_nothing() {
    let intruder = Intruder::new(BY_CY).await.for_user().await;
    intruder.intrude(&Owned::by_app(BY_FIRST.0.0), &["SECRET"]).await;
}

#[tokio::test]
async fn another_app_sees_and_changes_nothing() {
    let intruder = Intruder::new(BY_SECOND).await;
    intruder.intrude(&Owned::by_app(BY_FIRST.0.0), &["SECRET"]).await;
}

impl Intruder {
    async fn new(by: Maker) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (clock, builder) = clocked();
        let builder = builder.data(folder.path()).rate_limit(false).seed(SEED);
        let platform = Arc::new(builder.start().await.expect("the platform starts"));
        let first = Home::of(Arc::clone(&platform), BY_FIRST.0.0, BY_FIRST.0.1).await;
        let mut theirs = Belongings::make(&first, BY_FIRST, ["GARDEN group", "SECRET", "same"]).await;
        let other = Home::of(platform, by.0.0, by.0.1).await;
        let mut mine = Belongings::make(&other, by, ["group", "mine", "first"]).await;
        drop(first);
        other.stop().await;
        let stage = Stage::over(folder, clock);
        theirs.mint(&stage).await;
        mine.mint(&stage).await;
        let home = stage.start(by.0.0, by.0.1).await;
        let token = home.token.clone();
        Self { stage, home, client: Client::new(), by, theirs, mine, token, is_user: false }
    }

    /// The same, but the user calls and not the app.
    async fn for_user(mut self) -> Self {
        let body = json!({"user": self.by.1, "app_id": self.by.0.0});
        self.token = self.home.own(Method::POST, "users/token", body).await.data("access_token");
        self.is_user = true;
        self
    }

    /// Whether this caller can call it, and it asks who calls.
    fn calls(&self, meta: &Meta, owned: &Owned) -> bool {
        // Users act as the people of their tenant and not of an app.
        let by_people = meta.id.starts_with("act.") && owned.is_an_app();
        let takes_it =
            if self.is_user { meta.user.is_some() } else { meta.user.is_none() || meta.tenant.is_some() };
        takes_it && !by_people && !OPEN.iter().any(|(prefix, _)| meta.id.starts_with(prefix))
    }

    /// Calls every endpoint with what belongs to someone else.
    async fn intrude(&self, owned: &Owned, marks: &[&str]) {
        let (mut unknown, mut closed, mut calls) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut kept = None;
        let called: Vec<_> =
            registry().into_iter().map(|entry| entry.meta).filter(|meta| self.calls(meta, owned)).collect();
        for meta in &called {
            // What is one's own serves until it is changed: groups are dissolved, and whatever else.
            let mine = match kept.take() {
                Some(mine) => mine,
                None => self.fresh(&format!("own {}", meta.id)).await,
            };
            if !self.goes_through(meta, &mine).await {
                closed.insert(meta.id);
            }
            let mine = if meta.write { self.fresh(meta.id).await } else { mine };
            let before = Dump::of(&self.stage, owned);
            let mut filler = Filler::new(meta, &self.theirs, &mine);
            let mut fillings: Vec<_> = (0..AT_RANDOM).map(|_| filler.at_random()).collect();
            for field in filler.aims() {
                fillings.extend((0..AT_EACH).map(|_| filler.aimed_at(&field)));
            }
            unknown.extend(filler.unknown());
            for filling in &fillings {
                let answer = self.send(meta, filling).await;
                calls += 1;
                check(meta, filling, &answer, &self.theirs, marks);
            }
            let changes = before.changes(&Dump::of(&self.stage, owned));
            assert!(changes.is_empty(), "{} changed what belongs to someone else: {changes:#?}", meta.id);
            kept = (!meta.write).then_some(mine);
        }
        assert!(unknown.is_empty(), "say in isolation/filling.rs what these fields hold: {unknown:#?}");
        assert!(calls > if self.is_user { 1500 } else { 2500 }, "{calls} calls");
        let known =
            CLOSED.iter().map(|(id, _)| *id).filter(|id| called.iter().any(|meta| meta.id == *id)).collect();
        assert_eq!(closed, known, "these refuse also what is the caller's own");
    }

    /// New belongings of its own.
    async fn fresh(&self, uuid: &str) -> Belongings {
        let mut mine = Belongings::make(&self.home, self.by, ["group", "mine", uuid]).await;
        mine.card_token.clone_from(&self.mine.card_token);
        mine.preview_token.clone_from(&self.mine.preview_token);
        if self.is_user {
            mine.hand_over(&self.home, &self.token).await;
        }
        self.stage.clock.advance(REST);
        mine
    }

    /// Whether one of the requests succeeds in which nothing is someone else's: they are well made then.
    async fn goes_through(&self, meta: &'static Meta, mine: &Belongings) -> bool {
        let mut filler = Filler::new(meta, mine, mine);
        for _ in 0..AT_OWN {
            let answer = self.send(meta, &filler.own()).await;
            if answer.status == 200 && (meta.binary || answer.body["code"] == 0) {
                return true;
            }
        }
        false
    }

    async fn send(&self, meta: &Meta, filling: &Filling) -> Answer {
        let method: Method = meta.method.as_str().parse().expect("a method");
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = filling.query.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        let url = format!("{}{}?{query}", self.home.platform.base_url(), filling.path);
        let request = self.client.request(method, url);
        let request = if meta.needs_token() { request.bearer_auth(&self.token) } else { request };
        self.home.send(if filling.body.is_empty() { request } else { request.json(&filling.body) }).await
    }
}

/// Nothing of an answer is someone else's, be it a success or a refusal.
fn check(meta: &Meta, filling: &Filling, answer: &Answer, theirs: &Belongings, marks: &[&str]) {
    let told = || format!("{} with {filling:?} answers {answer:?}", meta.id);
    let text = String::from_utf8_lossy(&answer.bytes);
    assert!(!marks.iter().any(|mark| text.contains(mark)), "{}", told());
    assert!(!theirs.bytes.contains(&answer.bytes), "{}", told());
    assert_ne!(answer.status, 500, "{}", told());
    let things = theirs.things();
    // The announcement is put at the top whatever message_id says.
    let unread = meta.id == "im.v1.chat_top_notice.put_top_notice" && filling.names("2");
    if answer.body["code"] == 0 && meta.write && filling.aimed && !unread {
        assert!(!things.iter().any(|thing| filling.names(thing)), "{}", told());
    }
    // Nobody is told what they do not know yet.
    let shown = belongings::leaves(&answer.body["data"]).into_iter().filter_map(Value::as_str);
    let mut news = shown.filter(|text| things.contains(text) || *text == theirs.open_id);
    assert!(news.all(|text| filling.names(text)), "{}", told());
}
