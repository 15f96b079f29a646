//! Users who let apps act in their name: the authorize page, devices, tokens and their end.

use std::{sync::Arc, time::Duration};

use larkspur_domain::ManualClock;
use reqwest::{Method, header::LOCATION, redirect::Policy};
use serde_json::{Value, json};

use crate::{Answer, Home, clocked, running, world::World};

const BACK: &str = "http://localhost:9/callback?from=page#here";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The world, with a clock.
async fn world() -> (Arc<ManualClock>, World) {
    let (clock, builder) = clocked();
    (clock, World::with(builder.rate_limit(false)).await)
}

impl Answer {
    /// Status, code and `error_description` on one line. What is compared with it goes into the fidelity ledger.
    fn described(&self) -> String {
        if let (Some(endpoint), Some(code), Some(test)) =
            (self.endpoint, self.body["code"].as_i64().filter(|code| *code != 0), running())
        {
            larkspur_fidelity::observe_of(&test, endpoint, code);
        }
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        format!("{} {} {}: {}", self.status, self.body["code"], text("error"), text("error_description"))
    }
}

/// The address of the authorize page.
fn page(home: &Home, query: &[(&str, &str)]) -> String {
    let mut pairs = vec![("client_id", home.app_id.as_str()), ("response_type", "code")];
    if !query.iter().any(|(name, _)| *name == "redirect_uri") {
        pairs.push(("redirect_uri", BACK));
    }
    pairs.extend(query);
    let url = format!("{}/open-apis/authen/v1/authorize", home.platform.base_url());
    reqwest::Url::parse_with_params(&url, pairs).expect("an address").into()
}

/// What the page answers a person who presses a button.
async fn press(url: &str, user: &str, decision: &str) -> (u16, String) {
    let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
    let form = [("other", user), ("decision", decision)];
    let answer = client.post(url).form(&form).send().await.expect("an answer");
    let to = answer.headers().get(LOCATION).map(|to| to.to_str().expect("text").to_owned());
    (answer.status().as_u16(), to.unwrap_or_default())
}

/// A code for what is asked.
async fn code(home: &Home, query: &[(&str, &str)]) -> String {
    let (status, to) = press(&page(home, query), "ada", "allow").await;
    assert_eq!(status, 302);
    let to = reqwest::Url::parse(&to).expect("an address");
    to.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned()
}

async fn token(home: &Home, fields: Value) -> Answer {
    let mut body = json!({"client_id": home.app_id, "client_secret": home.app_secret});
    for (name, value) in fields.as_object().expect("an object") {
        body[name] = value.clone();
    }
    let answer = home.send(home.request(Method::POST, "authen/v2/oauth/token").json(&body)).await;
    Answer { endpoint: Some(endpoint_of(&body)), ..answer }
}

/// The endpoint that is meant: with a code or with a refresh token.
fn endpoint_of(body: &Value) -> &'static str {
    if body.get("refresh_token").is_some() {
        "authen.v2.oauth_token.refresh"
    } else {
        "authen.v2.oauth_token.create"
    }
}

async fn exchange(home: &Home, code: &str) -> Answer {
    token(home, json!({"grant_type": "authorization_code", "code": code})).await
}

async fn refresh(home: &Home, refresh_token: &Value) -> Answer {
    token(home, json!({"grant_type": "refresh_token", "refresh_token": refresh_token})).await
}

async fn as_user(home: &Home, token: &Value, path: &str) -> Answer {
    home.send(home.request(Method::GET, path).bearer_auth(token.as_str().expect("a token"))).await
}

#[tokio::test]
async fn a_person_allows_and_the_app_acts_in_their_name() {
    let (_, world) = world().await;
    let main = world.main();
    let shown = main
        .send(reqwest::Client::new().get(page(main, &[("scope", "im:message contact:user.email:readonly")])))
        .await;
    let html = String::from_utf8(shown.bytes.clone()).expect("text");
    assert_eq!(shown.status, 200);
    for part in ["main wants to act in your name", "Ada", "Bo", "contact:user.email:readonly"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("cy@garden.example"), "someone who left is offered");

    let query = [("scope", "im:message offline_access contact:user.email:readonly"), ("state", "a b&c")];
    let (status, to) = press(&page(main, &query), "ada", "allow").await;
    assert_eq!(status, 302);
    let (before, rest) = to.split_once("code=").expect("a code");
    assert_eq!(before, "http://localhost:9/callback?from=page&");
    let (code, after) = rest.split_once('&').expect("a state");
    assert_eq!(after, "state=a+b%26c#here");

    let tokens = exchange(main, code).await;
    assert_eq!(tokens.status, 200);
    assert_eq!(tokens.body["code"], 0);
    assert_eq!(tokens.body["expires_in"], 7200);
    assert_eq!(tokens.body["refresh_token_expires_in"], 604_800);
    assert_eq!(tokens.body["token_type"], "Bearer");
    assert_eq!(
        tokens.body["scope"],
        "auth:user.id:read contact:user.email:readonly im:message offline_access"
    );
    assert!(tokens.body["access_token"].as_str().is_some_and(|token| token.starts_with("eyJ")));

    let info = as_user(main, &tokens.body["access_token"], "authen/v1/user_info").await;
    assert_eq!(info.data("name"), "Ada");
    assert_eq!(info.data("open_id"), world.open_id("main", "ada").await);
    assert_eq!(info.data("email"), "ada@garden.example");
    assert_eq!(info.body["data"]["mobile"], Value::Null, "not granted");

    assert_eq!(
        exchange(main, code).await.described(),
        "400 20065 invalid_grant: The authorization code has been used. Please note that an authorization code can only be used once."
    );
}

#[tokio::test]
async fn a_person_refuses() {
    let (_, world) = world().await;
    let (status, to) = press(&page(world.main(), &[("state", "s")]), "ada", "deny").await;
    assert_eq!(status, 302);
    assert_eq!(to, "http://localhost:9/callback?from=page&error=access_denied&state=s#here");
}

#[tokio::test]
async fn the_page_sends_nobody_where_the_app_may_not() {
    let (_, world) = world().await;
    let seen = async |home: &Home, query: &[(&str, &str)]| {
        let shown = home.send(reqwest::Client::new().get(page(home, query))).await;
        let html = String::from_utf8(shown.bytes).expect("text");
        let from = html.find("class=\"error\">").expect("an error") + 14;
        format!("{} {}", shown.status, html[from..].split('<').next().expect("text"))
    };
    let main = world.main();
    for uri in ["https://evil.example/", "javascript:alert(1)", "nonsense", "http://localhost.evil.example/"]
    {
        assert_eq!(
            seen(main, &[("redirect_uri", uri)]).await,
            "400 20029 The redirect_uri is invalid.",
            "{uri}"
        );
    }
    assert_eq!(
        seen(world.app("narrow"), &[("scope", "im:resource")]).await,
        "400 20027 The scope list contains scopes that the app has not enabled: im:resource"
    );
    assert_eq!(seen(world.app("off"), &[]).await, "400 20069 The specified app is not enabled.");
    assert_eq!(
        seen(main, &[("scope", "im:message im:message")]).await,
        "400 20067 The provided scope list contains duplicate scopes. Please ensure all scopes are unique."
    );
    assert_eq!(
        seen(
            main,
            &[
                ("redirect_uri", "http://[::1]:3/"),
                ("code_challenge", "x"),
                ("code_challenge_method", "S512")
            ]
        )
        .await,
        "400 20063 The request is malformed. Please check your request."
    );
    main.set(json!({"redirect_uris": ["https://app.example/done"]})).await;
    assert_eq!(seen(main, &[]).await, "400 20029 The redirect_uri is invalid.");
    let (status, to) =
        press(&page(main, &[("redirect_uri", "https://app.example/done")]), "ada", "allow").await;
    assert_eq!(status, 302);
    assert!(to.starts_with("https://app.example/done?code="), "{to}");
}

#[tokio::test]
async fn only_whom_the_app_is_for_can_allow() {
    let (_, world) = world().await;
    let shy = world.app("shy");
    assert_eq!(press(&page(shy, &[]), "bo", "allow").await.0, 400);
    assert_eq!(press(&page(shy, &[]), "cy", "allow").await.0, 400);
    let code = code(shy, &[]).await;
    shy.set(json!({"availability": ["bo"]})).await;
    assert_eq!(
        exchange(shy, &code).await.described(),
        "400 20010 invalid_grant: The user does not have permission to use this app."
    );
}

#[tokio::test]
async fn a_code_needs_what_the_page_was_given() {
    let (clock, world) = world().await;
    let main = world.main();
    let grant = async |fields: Value| token(main, fields).await.described();
    assert_eq!(
        exchange(main, "unknown").await.described(),
        "400 20003 invalid_grant: The authorization code is not found. Please note that an authorization code can only be used once."
    );
    let first = code(main, &[("code_challenge", CHALLENGE), ("code_challenge_method", "S256")]).await;
    let mut fields =
        json!({"grant_type": "authorization_code", "code": first, "redirect_uri": "http://localhost/"});
    assert_eq!(
        grant(fields.clone()).await,
        "400 20071 invalid_grant: The provided redirect URI does not match the one used during authorization."
    );
    fields["redirect_uri"] = BACK.into();
    for wrong in [Value::Null, json!("short"), json!(CHALLENGE)] {
        fields["code_verifier"] = wrong;
        assert_eq!(grant(fields.clone()).await, "400 20049 invalid_grant: PKCE code challenge failed.");
    }
    fields["code_verifier"] = VERIFIER.into();
    fields["scope"] = "im:message".into();
    assert_eq!(
        grant(fields.clone()).await,
        "400 20068 invalid_scope: The provided scope list contains scopes that are not permitted. Please ensure all scopes are allowed."
    );
    fields["scope"] = "auth:user.id:read auth:user.id:read".into();
    assert_eq!(
        grant(fields.clone()).await,
        "400 20067 invalid_scope: The provided scope list contains duplicate scopes. Please ensure all scopes are unique."
    );
    fields["scope"] = "auth:user.id:read".into();
    assert_eq!(
        token(main, fields).await.body["refresh_token"],
        Value::Null,
        "offline_access was not granted"
    );

    let plain = code(main, &[("code_challenge", VERIFIER)]).await;
    let fields = json!({"grant_type": "authorization_code", "code": plain, "code_verifier": VERIFIER});
    assert_eq!(token(main, fields).await.body["code"], 0);

    let mine = code(main, &[]).await;
    assert_eq!(
        exchange(world.app("shy"), &mine).await.described(),
        "400 20024 invalid_grant: The provided authorization code or refresh token does not match the provided client ID."
    );
    clock.advance(Duration::from_secs(300));
    assert_eq!(
        exchange(main, &mine).await.described(),
        "400 20004 invalid_grant: The authorization code has expired."
    );
}

#[tokio::test]
async fn the_token_endpoint_knows_its_clients() {
    let (_, world) = world().await;
    let main = world.main();
    for (credential, grant_type, unknown) in [
        (
            "refresh_token",
            "refresh_token",
            "20026 invalid_grant: The refresh token passed is invalid. Please check the value.",
        ),
        (
            "code",
            "authorization_code",
            "20003 invalid_grant: The authorization code is not found. Please note that an authorization code can only be used once.",
        ),
    ] {
        let mut grant = json!({"grant_type": grant_type});
        grant[credential] = "x".into();
        let with = |name: &str, value: Value| {
            let mut fields = grant.clone();
            fields[name] = value;
            fields
        };
        let described = async |fields: Value| token(main, fields).await.described();
        assert_eq!(
            described(with("client_id", json!("cli_0000000000000000"))).await,
            "400 20048 invalid_client: The specified app does not exist."
        );
        assert_eq!(
            described(with("client_secret", json!("wrong"))).await,
            "400 20002 invalid_client: The client secret is invalid."
        );
        assert_eq!(
            described(with("grant_type", json!("password"))).await,
            "400 20036 unsupported_grant_type: The specified grant_type is not supported."
        );
        for name in ["grant_type", "client_id", "client_secret", credential] {
            let told = described(with(name, json!(""))).await;
            assert_eq!(
                told, "400 20001 invalid_request: The request is missing a required parameter.",
                "{name}"
            );
        }
        assert_eq!(
            described(with(credential, json!(7))).await,
            "400 20063 invalid_request: The request is malformed. Please check your request."
        );
        assert_eq!(described(grant.clone()).await, format!("400 {unknown}"));
        let both = main
            .request(Method::POST, "authen/v2/oauth/token")
            .basic_auth(&main.app_id, Some(&main.app_secret))
            .form(&[("grant_type", grant_type), (credential, "x"), ("client_secret", "main")]);
        let answer = Answer { endpoint: Some(endpoint_of(&grant)), ..main.send(both).await };
        assert_eq!(
            answer.described(),
            "400 20070 invalid_request: Multiple authentication methods were provided. Please only use one to proceed."
        );
        let off = world.app("off");
        assert_eq!(
            token(off, grant).await.described(),
            "400 20069 unauthorized_client: The specified app is not enabled."
        );
    }
}

#[tokio::test]
async fn a_refresh_token_is_for_its_app_its_user_and_its_scopes() {
    let (_, world) = world().await;
    let shy = world.app("shy");
    let first = exchange(shy, &code(shy, &[("scope", "offline_access im:message")]).await).await.body;
    let mut fields = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    assert_eq!(
        token(world.main(), fields.clone()).await.described(),
        "400 20024 invalid_grant: The provided authorization code or refresh token does not match the provided client ID."
    );
    fields["scope"] = "im:chat".into();
    assert_eq!(
        token(shy, fields.clone()).await.described(),
        "400 20068 invalid_scope: The provided scope list contains scopes that are not permitted. Please ensure all scopes are allowed."
    );
    fields["scope"] = "im:message im:message".into();
    assert_eq!(
        token(shy, fields).await.described(),
        "400 20067 invalid_scope: The provided scope list contains duplicate scopes. Please ensure all scopes are unique."
    );
    shy.set(json!({"availability": ["bo"]})).await;
    assert_eq!(
        refresh(shy, &first["refresh_token"]).await.described(),
        "400 20010 invalid_grant: The user does not have permission to use this app."
    );
}

#[tokio::test]
async fn a_refresh_token_is_good_once() {
    let (clock, world) = world().await;
    let main = world.main();
    let first = exchange(main, &code(main, &[("scope", "offline_access im:message")]).await).await.body;
    clock.advance(Duration::from_secs(7000));
    let second = refresh(main, &first["refresh_token"]).await.body;
    assert_eq!(second["scope"], "auth:user.id:read im:message offline_access");
    let spent = "400 20073 invalid_grant: The refresh token has been used. Please note that a refresh token can only be used once.";
    assert_eq!(refresh(main, &first["refresh_token"]).await.described(), spent);
    let old = as_user(main, &first["access_token"], "authen/v1/user_info").await;
    assert_eq!(old.told(), "200 0 success", "the old token lives out its time");
    clock.advance(Duration::from_secs(200));
    let old = as_user(main, &first["access_token"], "im/v1/chats").await;
    assert_eq!(old.told(), "400 99991677 token expire");
    let info = as_user(main, &first["access_token"], "authen/v1/user_info").await;
    assert_eq!(info.told(), "200 20005 The user access token passed is invalid. Please check the value");

    main.set(json!({"scopes": ["im:message"]})).await;
    assert_eq!(
        refresh(main, &second["refresh_token"]).await.described(),
        "400 20074 unauthorized_client: The specified app is not allowed to refresh token."
    );
    main.set(json!({"scopes": ["im:message", "offline_access"]})).await;
    clock.advance(Duration::from_secs(604_800));
    assert_eq!(
        refresh(main, &second["refresh_token"]).await.described(),
        "400 20037 invalid_grant: The refresh token passed has expired. Please generate a new one."
    );
}

#[tokio::test]
async fn a_year_after_the_consent_refreshing_ends() {
    let (clock, world) = world().await;
    let main = world.main();
    let mut tokens = exchange(main, &code(main, &[("scope", "offline_access")]).await).await.body;
    for _ in 0..60 {
        clock.advance(Duration::from_secs(6 * 24 * 3600));
        tokens = refresh(main, &tokens["refresh_token"]).await.body;
    }
    assert_eq!(tokens["refresh_token_expires_in"], 5 * 24 * 3600, "360 of 365 days are over");
    clock.advance(Duration::from_secs(5 * 24 * 3600));
    assert!(
        refresh(main, &tokens["refresh_token"]).await.described().starts_with("400 20037 invalid_grant: ")
    );
}

#[tokio::test]
async fn consents_add_up_and_a_call_needs_what_was_granted() {
    let (_, world) = world().await;
    let main = world.main();
    exchange(main, &code(main, &[("scope", "im:chat:readonly")]).await).await;
    let tokens = exchange(main, &code(main, &[("scope", "contact:user.email:readonly")]).await).await.body;
    assert_eq!(tokens["scope"], "auth:user.id:read contact:user.email:readonly im:chat:readonly");
    let chats = as_user(main, &tokens["access_token"], "im/v1/chats").await;
    assert_eq!(chats.told(), "200 0 success");
    let message = as_user(main, &tokens["access_token"], "im/v1/messages/om_x").await;
    assert_eq!((message.status, &message.body["code"]), (400, &json!(99991679)));
    let lacking = &message.body["error"]["permission_violations"][0];
    assert_eq!(lacking["type"], "action_privilege_required");
    assert!(lacking["subject"].as_str().is_some_and(|scope| scope.starts_with("im:message")), "{lacking}");
    let bot = as_user(main, &tokens["access_token"], "bot/v3/info").await;
    assert_eq!(bot.body["code"], 99991668, "the endpoint takes no user token");
}

#[tokio::test]
async fn a_device_is_let_in() {
    let (clock, world) = world().await;
    let main = world.main();
    let url = |path: &str| format!("{}{path}", main.platform.base_url());
    let start = || {
        reqwest::Client::new()
            .post(url("/oauth/v1/device_authorization"))
            .basic_auth(&main.app_id, Some(&main.app_secret))
            .form(&[("client_id", main.app_id.as_str()), ("scope", "im:message offline_access")])
    };
    let poll = async |device: &Value| {
        let code = device["device_code"].as_str().expect("a code");
        let form = [
            ("grant_type", DEVICE_GRANT),
            ("device_code", code),
            ("client_id", &main.app_id),
            ("client_secret", &main.app_secret),
        ];
        main.send(reqwest::Client::new().post(url("/oauth/v3/token")).form(&form)).await
    };
    let device = main.send(start()).await.body;
    assert_eq!((&device["expires_in"], &device["interval"]), (&json!(240), &json!(5)));
    let waits = poll(&device).await;
    assert_eq!((waits.status, &waits.body["error"]), (400, &json!("authorization_pending")));
    assert_eq!(poll(&device).await.body["error"], "slow_down");
    clock.advance(Duration::from_secs(10));
    assert_eq!(poll(&device).await.body["error"], "authorization_pending");

    let complete = device["verification_uri_complete"].as_str().expect("an address");
    let shown = main.send(reqwest::Client::new().get(complete)).await;
    let html = String::from_utf8(shown.bytes).expect("text");
    assert!(html.contains("main wants to act in your name") && html.contains("offline_access"), "{html}");
    let code = device["user_code"].as_str().expect("a code");
    let form = [("user_code", code), ("other", "ada"), ("decision", "allow")];
    let done = main.send(reqwest::Client::new().post(url("/_larkspur/device")).form(&form)).await;
    assert!(String::from_utf8(done.bytes).expect("text").contains("main may now act as Ada"));
    let tokens = poll(&device).await.body;
    assert_eq!(tokens["scope"], "auth:user.id:read im:message offline_access");
    assert_eq!(poll(&device).await.body["error"], "expired_token", "a device code is good once");
    let info = as_user(main, &tokens["access_token"], "authen/v1/user_info").await;
    assert_eq!(info.data("name"), "Ada");

    let device = main.send(start()).await.body;
    main.act("authorize", json!({"user": "ada", "user_code": device["user_code"], "deny": true})).await;
    assert_eq!(poll(&device).await.body["error"], "access_denied");
    let device = main.send(start()).await.body;
    clock.advance(Duration::from_secs(240));
    assert_eq!(poll(&device).await.body["error"], "expired_token");
}

#[tokio::test]
async fn the_newer_endpoint_gives_the_tenants_token_too() {
    let (_, world) = world().await;
    let main = world.main();
    let url = format!("{}/oauth/v3/token", main.platform.base_url());
    let request = reqwest::Client::new()
        .post(url)
        .basic_auth(&main.app_id, Some(&main.app_secret))
        .json(&json!({"grant_type": "client_credentials"}));
    let answer = main.send(request).await;
    assert_eq!(answer.body["access_token"], main.token);
    assert_eq!(answer.body["token_type"], "Bearer");
}

#[tokio::test]
async fn what_is_revoked_ends_at_once_and_the_app_is_told() {
    let (_, world) = world().await;
    let main = world.main();
    let tokens = main
        .own(
            Method::POST,
            "users/token",
            json!({"user": "ada", "app_id": main.app_id, "scope": "offline_access im:chat:readonly"}),
        )
        .await
        .body["data"]
        .take();
    assert_eq!(as_user(main, &tokens["access_token"], "im/v1/chats").await.told(), "200 0 success");
    let revoke = async |token: &Value| {
        let form = [
            ("client_id", main.app_id.as_str()),
            ("client_secret", &main.app_secret),
            ("token", token.as_str().expect("a token")),
        ];
        let url = format!("{}/oauth/v1/revoke", main.platform.base_url());
        main.send(reqwest::Client::new().post(url).form(&form)).await.body
    };
    assert_eq!(revoke(&tokens["refresh_token"]).await, json!({"code": 0}));
    assert_eq!(revoke(&tokens["refresh_token"]).await, json!({"code": 0}));
    assert_eq!(as_user(main, &tokens["access_token"], "im/v1/chats").await.body["code"], 99991668);
    assert_eq!(
        refresh(main, &tokens["refresh_token"]).await.described(),
        "400 20064 invalid_grant: The refresh token has been revoked. Please note that a refresh token can only be used once."
    );
    let told = main.deliveries().await;
    let revoked: Vec<_> =
        told.iter().filter(|one| one["event_type"] == "auth.user_access_token.revoked_v4").collect();
    assert_eq!(revoked.len(), 1);
    let event = main.delivery(revoked[0]["event_id"].as_str().expect("an id")).await["body"]["event"].take();
    assert_eq!(event["revoke_token_type"], "user_access_token refresh_token");
    assert_eq!(event["revoke_reason"], "Revoked by user action.");
    assert_eq!(event["open_id"], world.open_id("main", "ada").await);
}

#[tokio::test]
async fn who_leaves_the_tenant_keeps_no_token() {
    let (_, world) = world().await;
    let main = world.main();
    let tokens = main
        .own(Method::POST, "users/token", json!({"user": "bo", "app_id": main.app_id}))
        .await
        .body["data"]
        .take();
    let fresh = {
        let (_, to) = press(&page(main, &[]), "bo", "allow").await;
        to.split("code=").nth(1).and_then(|rest| rest.split('#').next()).expect("a code").to_owned()
    };
    main.own(Method::DELETE, "users", json!({"user": "bo"})).await;
    assert_eq!(as_user(main, &tokens["access_token"], "im/v1/chats").await.body["code"], 99991668);
    assert_eq!(
        exchange(main, &fresh).await.described(),
        "400 20066 invalid_grant: The user status is invalid."
    );
    let told = main.deliveries().await;
    assert!(told.iter().any(|one| one["event_type"] == "auth.user_access_token.revoked_v4"));
}

#[tokio::test]
async fn the_older_endpoints_give_older_tokens() {
    let (clock, world) = world().await;
    let main = world.main();
    let tokens = main
        .post(
            "authen/v1/oidc/access_token",
            json!({"grant_type": "authorization_code", "code": code(main, &[("scope", "im:chat:readonly")]).await}),
        )
        .await;
    assert!(tokens.data("access_token").starts_with("u-"));
    assert!(tokens.data("refresh_token").starts_with("ur-"));
    assert_eq!(tokens.body["data"]["refresh_expires_in"], 2_592_000);
    let refreshed = main
        .post(
            "authen/v1/oidc/refresh_access_token",
            json!({"grant_type": "refresh_token", "refresh_token": tokens.data("refresh_token")}),
        )
        .await;
    let chats = as_user(main, &json!(refreshed.data("access_token")), "im/v1/chats").await;
    assert_eq!(chats.told(), "200 0 success");

    let login = main
        .post(
            "authen/v1/access_token",
            json!({"grant_type": "authorization_code", "code": code(main, &[("scope", "contact:user.email:readonly")]).await}),
        )
        .await;
    assert_eq!(
        (login.data("name"), login.data("email")),
        ("Ada".to_owned(), "ada@garden.example".to_owned())
    );
    assert_eq!(login.body["data"]["mobile"], Value::Null, "not granted");
    let again = json!({"grant_type": "refresh_token", "refresh_token": login.data("refresh_token")});
    assert_eq!(main.post("authen/v1/refresh_access_token", again).await.data("name"), "Ada");

    let told = async |home: &Home, path: &str, grant_type: &str, name: &str, value: &str| {
        home.post(&format!("authen/v1/{path}"), json!({"grant_type": grant_type, name: value})).await.told()
    };
    let (oidc, oidc_refresh) = ("oidc/access_token", "oidc/refresh_access_token");
    assert_eq!(
        told(main, oidc, "authorization_code", "code", "x").await,
        "200 20003 The code passed is invalid. Please note that the code could only be used once"
    );
    assert_eq!(
        told(main, oidc, "refresh_token", "code", "x").await,
        "200 20036 The grant_type passed is not supported"
    );
    assert_eq!(
        told(main, oidc_refresh, "refresh_token", "refresh_token", "x").await,
        "200 20038 The refresh token passed is not found. Please check the value"
    );
    assert_eq!(
        told(main, oidc_refresh, "refresh_token", "refresh_token", &tokens.data("refresh_token")).await,
        "200 20026 The refresh token passed is invalid. Please check the value"
    );
    let mine = code(main, &[]).await;
    assert_eq!(
        told(world.app("shy"), oidc, "authorization_code", "code", &mine).await,
        "200 20024 App id in user_access_token or refresh_token diff with app id in app_access_token or tenant_access_token. Please keep the app id consistent"
    );
    assert_eq!(
        told(main, oidc, "authorization_code", "other", "x").await,
        "200 20001 Invalid request. Please check request param"
    );
    clock.advance(Duration::from_secs(301));
    assert_eq!(
        told(main, oidc, "authorization_code", "code", &mine).await,
        "200 20004 The code passed has expired. Please generate a new one"
    );
    clock.advance(Duration::from_secs(31 * 24 * 3600));
    let late = Home::of(Arc::clone(&main.platform), &main.app_id, "main").await;
    assert_eq!(
        told(&late, oidc_refresh, "refresh_token", "refresh_token", &refreshed.data("refresh_token")).await,
        "200 20037 The refresh token passed has expired. Please generate a new one"
    );
    let stale = main
        .post("authen/v1/oidc/access_token", json!({"grant_type": "authorization_code", "code": "x"}))
        .await;
    assert_eq!(stale.told(), "200 20014 The app access token passed is invalid. Please check the value");
}

#[tokio::test]
async fn the_older_endpoints_refuse_who_may_not_ask() {
    let (_, world) = world().await;
    let (main, shy) = (world.main(), world.app("shy"));
    let ask = async |home: &Home, path: &str, fields: Value| {
        home.post(&format!("authen/v1/{path}"), fields).await.told()
    };
    let invalid = "200 20001 Invalid request. Please check request param";
    let mismatch = "200 20024 App id in user_access_token or refresh_token diff with app id in app_access_token or tenant_access_token. Please keep the app id consistent";
    for path in ["access_token", "oidc/access_token"] {
        let grant = |code: String| json!({"grant_type": "authorization_code", "code": code});
        assert_eq!(ask(main, path, json!({"grant_type": "authorization_code"})).await, invalid, "{path}");
        let mine = code(main, &[]).await;
        assert_eq!(ask(shy, path, grant(mine)).await, mismatch, "{path}");
        let hers = code(shy, &[]).await;
        shy.set(json!({"availability": ["bo"]})).await;
        assert!(ask(shy, path, grant(hers)).await.starts_with("200 20008 "), "{path}");
        shy.set(json!({"availability": ["ada"]})).await;
    }
    for path in ["refresh_access_token", "oidc/refresh_access_token"] {
        let grant = |token: &Value| json!({"grant_type": "refresh_token", "refresh_token": token});
        assert_eq!(ask(main, path, json!({"grant_type": "refresh_token"})).await, invalid, "{path}");
        let tokens = exchange(shy, &code(shy, &[("scope", "offline_access")]).await).await.body;
        assert_eq!(ask(main, path, grant(&tokens["refresh_token"])).await, mismatch, "{path}");
        shy.set(json!({"availability": ["bo"]})).await;
        assert!(ask(shy, path, grant(&tokens["refresh_token"])).await.starts_with("200 20008 "), "{path}");
        shy.set(json!({"availability": ["ada"]})).await;
    }
    let of_bo = async || {
        let (_, to) = press(&page(main, &[]), "bo", "allow").await;
        to.split("code=").nth(1).and_then(|rest| rest.split('#').next()).expect("a code").to_owned()
    };
    let grants = [of_bo().await, of_bo().await];
    main.own(Method::DELETE, "users", json!({"user": "bo"})).await;
    for (path, code) in ["access_token", "oidc/access_token"].into_iter().zip(grants) {
        let told = ask(main, path, json!({"grant_type": "authorization_code", "code": code})).await;
        assert!(told.starts_with("200 20021 "), "{path}: {told}");
    }
}

#[tokio::test]
async fn pages_answer_this_machine_alone() {
    let (_, world) = world().await;
    let main = world.main();
    let foreign = reqwest::Client::new().post(page(main, &[])).header("origin", "https://evil.example");
    let answer = main.send(foreign.form(&[("other", "ada"), ("decision", "allow")])).await;
    assert_eq!(answer.status, 403);
}
