//! Users' tokens when something goes wrong between the program and the platform.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use larkspur::{
    Client, Error, Platform, act,
    authen::v1::user_info,
    im::v1::chat,
    login::{DeviceLogin, TokenStatus, UserToken, UserTokens},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What is done instead of a refresh.
type Instead = Box<dyn FnOnce() -> String + Send>;

type Plan = Arc<Mutex<VecDeque<Instead>>>;

/// Ada, logged in, with a platform that can be made to answer refreshes as planned.
struct Ada {
    folder: TempDir,
    app: Client,
    tokens: UserTokens,
    open_id: String,
    plan: Plan,
    platform: Platform,
}

fn refusal(status: u16, code: i64) -> String {
    let body = json!({"code": code, "error": "invalid_grant", "error_description": "no"}).to_string();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

async fn way(target: String, plan: Plan) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&target).await.expect("the platform");
            tokio::spawn(carry(client, server, Arc::clone(&plan)));
        }
    });
    url
}

async fn carry(mut client: TcpStream, mut server: TcpStream, plan: Plan) {
    let (mut request, mut answer) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut request) => {
                let Ok(read @ 1..) = read else { return };
                let is_refresh = request[..read].windows(14).any(|part| part == b"v2/oauth/token");
                let instead = if is_refresh { plan.lock().expect("a plan").pop_front() } else { None };
                match instead {
                    Some(instead) => client.write_all(instead().as_bytes()).await.expect("it is read"),
                    None => server.write_all(&request[..read]).await.expect("the platform reads"),
                }
            }
            read = server.read(&mut answer) => {
                let Ok(read @ 1..) = read else { return };
                if client.write_all(&answer[..read]).await.is_err() {
                    return;
                }
            }
        }
    }
}

impl Ada {
    async fn logged_in() -> Self {
        let platform = Platform::start().await.expect("the platform starts");
        let plan = Plan::default();
        let url = way(platform.base_url().trim_start_matches("http://").to_owned(), Arc::clone(&plan)).await;
        let workspace = platform.workspace();
        let app = Client::builder(&workspace.app_id, &workspace.app_secret).base_url(&url);
        let app = app.build().expect("it builds");
        let folder = tempfile::tempdir().expect("a folder");
        let tokens = UserTokens::new(folder.path(), &url, &workspace.app_id);
        let login = app.start_login("im:chat:readonly").await.expect("it begins");
        let approval = act::authorize::Request {
            user_code: Some(login.user_code),
            ..act::authorize::Request::new("Ada Okafor")
        };
        app.send(approval).await.expect("Ada agrees");
        let ada = DeviceLogin::resume(login.device_code).wait(&app, &tokens).await.expect("Ada is logged in");
        Self { folder, app, tokens, open_id: ada.open_id, plan, platform }
    }

    fn client(&self) -> Client {
        self.app.as_user(&self.tokens, &self.open_id).expect("a client")
    }

    /// Another process of the same machine.
    fn elsewhere(&self) -> UserTokens {
        UserTokens::new(self.folder.path(), self.app.base_url(), &self.platform.workspace().app_id)
    }

    fn user(&self) -> UserToken {
        self.tokens.get(&self.open_id).expect("it reads").expect("Ada")
    }

    fn file(&self) -> PathBuf {
        let folder =
            std::fs::read_dir(self.folder.path()).expect("a folder").flatten().next().expect("one").path();
        folder.join(format!("{}.json", self.open_id))
    }

    /// Writes the file of another state, as another process would.
    fn write(&self, key: &str, value: Value) {
        let file = self.file();
        let mut user: Value = serde_json::from_slice(&std::fs::read(&file).expect("a file")).expect("JSON");
        user[key] = value;
        std::fs::write(&file, user.to_string()).expect("written");
    }

    /// The same, and this process has seen it.
    fn set(&self, key: &str, value: Value) {
        self.write(key, value);
        self.user();
    }

    fn plans(&self, instead: impl FnOnce() -> String + Send + 'static) {
        self.plan.lock().expect("a plan").push_back(Box::new(instead));
    }
}

async fn name(client: &Client) -> Result<String, Error> {
    client.send(user_info::get::Request {}).await.map(|user| user.name)
}

#[tokio::test]
async fn a_platform_that_stumbles_is_asked_again() {
    let ada = Ada::logged_in().await;
    ada.set("expires_at", json!(1));
    ada.plans(|| refusal(500, 20050));
    ada.plans(|| refusal(503, 20072));
    assert_eq!(name(&ada.client()).await.expect("a name"), "Ada Okafor");
    assert_eq!(ada.user().status(), TokenStatus::Valid);
    assert!(ada.plan.lock().expect("a plan").is_empty());
}

#[tokio::test]
async fn who_lost_a_race_takes_what_the_winner_got() {
    let ada = Ada::logged_in().await;
    let won = ada.user();
    ada.set("expires_at", json!(1));
    ada.set("access_token", json!("stale"));
    ada.set("refresh_token", json!("spent"));
    let elsewhere = ada.elsewhere();
    let file = ada.file();
    // The winner knows nothing of locks.
    ada.plans(move || {
        std::fs::write(&file, serde_json::to_vec(&won).expect("JSON")).expect("written");
        refusal(400, 20073)
    });
    assert_eq!(name(&ada.client()).await.expect("a name"), "Ada Okafor");
    assert_eq!(elsewhere.get(&ada.open_id).expect("it reads"), Some(ada.user()));
    assert_eq!(ada.user().ended, None);
}

#[tokio::test]
async fn only_what_ends_a_login_ends_it() {
    let ada = Ada::logged_in().await;
    for code in [20008, 20066, 20069, 20074, 20002] {
        ada.set("expires_at", json!(1));
        ada.plans(move || refusal(400, code));
        let error = name(&ada.client()).await.expect_err("it is refused");
        assert!(matches!(&error, Error::Api(error) if error.code == code), "{error}");
        assert_eq!((ada.user().ended, ada.user().refreshing_since), (None, None));
    }
    for code in [20026, 20037, 20064, 20073] {
        ada.set("expires_at", json!(1));
        ada.set("ended", Value::Null);
        ada.plans(move || refusal(400, code));
        for _ in 0..2 {
            let error = name(&ada.client()).await.expect_err("it is over");
            assert!(
                matches!(&error, Error::LoggedOut { why, .. } if why.contains(&code.to_string())),
                "{error}"
            );
        }
        assert!(ada.user().refresh_token.is_some(), "nothing is thrown away");
    }
}

#[tokio::test]
async fn whoever_goes_away_leaves_the_new_tokens_to_others() {
    let ada = Ada::logged_in().await;
    ada.set("expires_at", json!(1));
    let before = ada.user();
    let client = ada.client();
    let (asked, heard) = tokio::sync::oneshot::channel();
    ada.plans(move || {
        let _ = asked.send(());
        refusal(500, 20050)
    });
    // The caller is gone before the second try, which is the one that succeeds.
    let call = tokio::spawn(async move { name(&client).await });
    heard.await.expect("the platform is asked");
    call.abort();
    assert!(call.await.is_err_and(|error| error.is_cancelled()));
    let elsewhere = ada.app.as_user(&ada.elsewhere(), &ada.open_id).expect("a client");
    assert_eq!(name(&elsewhere).await.expect("a name"), "Ada Okafor");
    assert_ne!(ada.user().refresh_token, before.refresh_token);
    assert_eq!(ada.user().ended, None);
}

#[tokio::test]
async fn a_login_for_more_is_seen_by_who_runs_already() {
    let ada = Ada::logged_in().await;
    let client = ada.client();
    let link = || chat::link::Request::new(ada.platform.workspace().chat_id.as_str());
    ada.set("scope", json!("im:message offline_access"));
    let error = client.send(link()).await.expect_err("a scope is missing");
    assert!(matches!(error, Error::MissingScope { any: true, .. }), "{error}");
    // Another process lets Ada log in again.
    ada.write("scope", json!("im:chat:readonly offline_access"));
    client.send(link()).await.expect("it may");
}

#[tokio::test]
async fn who_may_not_call_is_told_here() {
    let ada = Ada::logged_in().await;
    let wrong = ada.app.send(user_info::get::Request {}).await.expect_err("a bot is no user");
    assert!(matches!(wrong, Error::WrongIdentity { user: false, .. }), "{wrong}");
    let wrong = ada.client().send(larkspur::bot::v3::bot::info::Request::default()).await;
    assert!(matches!(wrong, Err(Error::WrongIdentity { user: true, .. })));
    let nobody = ada.app.as_user(&ada.tokens, "ou_nobody").expect("a client");
    let error = name(&nobody).await.expect_err("nobody is logged in");
    assert_eq!(error.to_string(), "ou_nobody is not logged in");
    assert!(!format!("{:?}", ada.user()).contains(&ada.user().access_token), "tokens are not shown");
}
