//! Users who log in, and what is done in their name.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use larkspur_domain::{Clock, ManualClock, SystemClock};
use serde_json::{Value, json};

use crate::{
    Home, PNG, Ran,
    child::Running,
    proxy::{Mode, Proxy},
    ran,
};

const ADA: &str = "Ada Okafor";
const REFRESH: &str = "authen/v2/oauth/token";

/// What logins in these tests are for.
const SCOPE: &str = "im:chat:readonly";

/// Logs a user in, for all that is asked.
fn log_in(home: &Home, user: &str, scope: &str) -> Value {
    let begun = home.data(&["auth", "login", "--no-wait", "--scope", scope]);
    approve(home, user, &begun);
    finish(home, &begun).data()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} in {value}"))
}

fn approve(home: &Home, user: &str, begun: &Value) {
    home.data(&["act", "authorize", "--user", user, "--user-code", text(begun, "user_code")]);
}

fn finish(home: &Home, begun: &Value) -> Ran {
    home.run(&["auth", "login", "--device-code", text(begun, "device_code")])
}

/// The files of users who logged in.
fn files(home: &Home) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![home.folder.path().join(".cache/larkspur/users")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|extension| extension == "json") => found.push(path),
                _ => {}
            }
        }
    }
    found
}

fn only_file(home: &Home) -> PathBuf {
    let files = files(home);
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

fn stored(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON")
}

/// Lets the access token of a user end so many ms from now, as far as the program knows.
fn ends_in(file: &Path, ms: i64) {
    let mut user = stored(file);
    user["expires_at"] = (SystemClock.now() + ms).into();
    std::fs::write(file, user.to_string()).expect("written");
}

/// A home whose program goes through a proxy.
fn proxied(needle: &'static str) -> (Home, Proxy) {
    let mut home = Home::new();
    let proxy = Proxy::new(home.platform.base_url(), needle);
    home.through = Some(proxy.url.clone());
    (home, proxy)
}

#[test]
fn a_user_logs_in_and_commands_are_run_in_their_name() {
    let home = Home::new();
    let before = home.data(&["auth", "status"]);
    assert_eq!((text(&before, "identity"), &before["userName"]), ("bot", &Value::Null));

    let begun = home.run(&[
        "auth",
        "login",
        "--no-wait",
        "--qrcode",
        "--scope",
        "im:chat:readonly,im:message:readonly",
    ]);
    assert!(begun.stderr.lines().count() > 10 && begun.stderr.contains('█'), "{}", begun.stderr);
    let begun = begun.data();
    assert!(text(&begun, "verification_url").ends_with(text(&begun, "user_code")));
    assert_eq!(begun["expires_in"], 240);
    assert!(text(&begun, "hint").contains(text(&begun, "device_code")));
    approve(&home, ADA, &begun);
    let done = finish(&home, &begun);
    let ran_with = stored(&only_file(&home));
    for secret in ["access_token", "refresh_token"] {
        assert!(
            !format!("{}{}", done.stdout, done.stderr).contains(text(&ran_with, secret)),
            "{secret} is shown"
        );
    }
    let done = done.data();
    assert_eq!((text(&done, "event"), text(&done, "user_name")), ("authorization_complete", ADA));
    assert_eq!(done["newly_granted"], json!(["im:chat:readonly", "im:message:readonly"]));
    assert_eq!(done["missing"], json!([]));

    let me = home.run(&["authen", "user_info", "get"]);
    assert_eq!((&me.json()["identity"], &me.data()["name"]), (&json!("user"), &json!(ADA)));
    let chats = home.run(&["im", "chats", "list"]);
    assert_eq!(chats.json()["identity"], "user", "a login is taken where it may be");
    let bot = home.run(&["bot", "info", "get"]);
    assert_eq!(bot.json()["identity"], "bot", "and the bot where users may not");
    assert_eq!(home.run(&["im", "chats", "list", "--as", "bot"]).json()["identity"], "bot");

    let status = home.data(&["auth", "status", "--verify"]);
    assert_eq!((text(&status, "identity"), text(&status, "tokenStatus")), ("user", "valid"));
    assert_eq!((text(&status, "userName"), &status["verified"]), (ADA, &json!(true)));
    assert_eq!(text(&status, "brand"), "custom");
    let whoami = home.data(&["whoami"]);
    assert_eq!((text(&whoami, "userName"), &whoami["userOpenId"]), (ADA, &done["user_open_id"]));

    assert_eq!(home.data(&["auth", "check", "--scope", "im:chat:readonly"])["missing"], json!([]));
    let lacking = home.run(&["auth", "check", "--scope", "im:chat:readonly im:chat"]);
    assert_eq!((lacking.code, lacking.stderr.as_str()), (1, ""));
    assert_eq!(lacking.json()["data"]["missing"], json!(["im:chat"]));
    let again = log_in(&home, ADA, "im:chat:readonly im:chat");
    assert_eq!(again["newly_granted"], json!(["im:chat"]));
    assert_eq!(again["already_granted"], json!(["im:chat:readonly"]));
    home.data(&["auth", "check", "--scope", "im:message:readonly,im:chat"]);
}

#[cfg(unix)]
#[test]
fn logins_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    log_in(&home, ADA, SCOPE);
    let mode = |path: &Path| std::fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    let file = only_file(&home);
    for entry in std::fs::read_dir(file.parent().expect("a folder")).expect("a folder").flatten() {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
    }
    assert_eq!(mode(file.parent().expect("a folder")), 0o700);
}

#[test]
fn a_login_waits_and_tells_what_happens() {
    let home = Home::new();
    let mut waiting = Running::start(home.command(&["auth", "login", "--json", "--scope", SCOPE]));
    let asked = waiting.event();
    assert_eq!(asked["event"], "device_authorization");
    approve(&home, ADA, &asked);
    let done = waiting.event();
    assert_eq!((text(&done, "event"), text(&done, "user_name")), ("authorization_complete", ADA));
    assert_eq!(waiting.end().0, Some(0));
}

#[cfg(unix)]
#[test]
fn a_login_that_is_stopped_can_be_gone_on_with() {
    let home = Home::new();
    let mut waiting = Running::start(home.command(&["auth", "login", "--scope", SCOPE]));
    let code = waiting.hears("[auth] the code is");
    let code = code.trim_start_matches("[auth] the code is ").split(';').next().expect("a code").to_owned();
    waiting.terminate();
    assert_eq!(waiting.end().0, Some(3));
    let told = waiting.told.join("\n");
    let device_code =
        told.split("--device-code ").nth(1).and_then(|rest| rest.split('`').next()).expect("a hint");
    let begun = json!({"user_code": code, "device_code": device_code});
    approve(&home, ADA, &begun);
    assert_eq!(finish(&home, &begun).data()["requested"], json!([SCOPE]));
}

#[test]
fn a_user_refuses_or_does_not_answer() {
    let clock = Arc::new(ManualClock::at(SystemClock.now()));
    let home = Home::with(larkspur::Platform::builder().clock(Arc::clone(&clock) as Arc<dyn Clock>));
    let told = |ran: &Ran| {
        let error = ran.error();
        format!(
            "{} {} {}: {}",
            ran.code,
            text(&error, "type"),
            text(&error, "subtype"),
            text(&error, "message")
        )
    };
    let begin = || home.data(&["auth", "login", "--no-wait", "--scope", SCOPE]);
    let begun = begin();
    let code = text(&begun, "user_code");
    home.data(&["act", "authorize", "--user", ADA, "--user-code", code, "--deny=true"]);
    assert_eq!(told(&finish(&home, &begun)), "3 authentication access_denied: the user refused");
    let begun = begin();
    clock.advance(Duration::from_secs(240));
    assert_eq!(
        told(&finish(&home, &begun)),
        "3 authentication expired_token: nobody answered in time, or the code was used already"
    );
    assert_eq!(home.data(&["auth", "list"]), json!([]));
}

#[test]
fn a_login_asks_for_something_that_the_app_has() {
    let home = Home::new();
    let nothing = home.run(&["auth", "login", "--no-wait"]);
    assert_eq!((nothing.code, text(&nothing.error(), "type")), (2, "validation"));
    let unknown = home.run(&["auth", "login", "--no-wait", "--domain", "weather"]);
    assert_eq!((unknown.code, text(&unknown.error(), "param")), (2, "--domain"));
    let foreign = home.run(&["auth", "login", "--no-wait", "--scope", "weather:read"]);
    assert_eq!((foreign.code, &foreign.error()["code"]), (3, &json!(20027)));

    let scopes = home.data(&["auth", "scopes"]);
    assert!(scopes["userScopes"].as_array().is_some_and(|all| all.contains(&json!("im:message"))));
    let begun = home.data(&["auth", "login", "--no-wait", "--domain", "im", "--exclude", "im:chat"]);
    approve(&home, ADA, &begun);
    let granted = finish(&home, &begun).data()["granted"].clone();
    let granted = granted.as_array().expect("scopes");
    assert!(granted.contains(&json!("im:message")));
    for left_out in ["im:chat", "im:message.send_as_user", "contact:user.email:readonly"] {
        assert!(!granted.contains(&json!(left_out)), "{left_out} was granted");
    }
}

#[test]
fn several_users_are_logged_in_at_once() {
    let home = Home::new();
    let bo = home.platform.workspace().users[1].name.clone();
    log_in(&home, ADA, SCOPE);
    log_in(&home, &bo, SCOPE);
    let name = |arguments: &[&str]| text(&home.data(arguments), "name").to_owned();
    assert_eq!(name(&["authen", "user_info", "get"]), bo, "the last one who logged in");
    assert_eq!(name(&["authen", "user_info", "get", "--user", "ada okafor"]), ADA);
    assert_eq!(text(&home.data(&["auth", "use", ADA]), "userName"), ADA);
    assert_eq!(name(&["authen", "user_info", "get"]), ADA);
    let mut command = home.command(&["authen", "user_info", "get"]);
    command.env("LARKSPUR_USER", &bo);
    assert_eq!(text(&ran(command).data(), "name"), bo);

    let list = home.data(&["auth", "list"]);
    let shown: Vec<_> = list
        .as_array()
        .expect("a list")
        .iter()
        .map(|user| (text(user, "userName"), &user["default"]))
        .collect();
    assert_eq!(shown, [(ADA, &json!(true)), (bo.as_str(), &json!(false))]);

    let nobody = home.run(&["authen", "user_info", "get", "--user", "Eve"]);
    assert_eq!((nobody.code, text(&nobody.error(), "subtype")), (3, "token_missing"));
    let torn = home.run(&["im", "chats", "list", "--as", "bot", "--user", ADA]);
    assert_eq!((torn.code, text(&torn.error(), "param")), (2, "--user"));

    home.data(&["auth", "logout", "--user", ADA]);
    assert_eq!(name(&["authen", "user_info", "get"]), bo, "the only one left");
}

#[test]
fn who_logs_out_is_logged_out_at_the_platform() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    let token = text(&stored(&only_file(&home)), "access_token").to_owned();
    let with_token = || {
        let mut command = home.command(&["im", "chats", "list", "--as", "user"]);
        command.env("LARKSPUR_USER_ACCESS_TOKEN", &token);
        ran(command)
    };
    with_token().data();
    let out = home.data(&["auth", "logout"]);
    assert_eq!((&out["loggedOut"], &out["revoked"]), (&json!(true), &json!(true)));
    assert_eq!(with_token().error()["code"], 99_991_668);
    assert_eq!(files(&home), [] as [PathBuf; 0]);
    let out = home.data(&["auth", "logout"]);
    assert_eq!((&out["loggedOut"], text(&out, "reason")), (&json!(false), "not_logged_in"));

    log_in(&home, ADA, SCOPE);
    proxy.set(Mode::Refuse);
    let out = home.data(&["auth", "logout"]);
    assert_eq!((&out["loggedOut"], &out["revoked"]), (&json!(true), &json!(false)));
    assert_eq!(files(&home), [] as [PathBuf; 0], "whoever is offline is logged out here");
}

#[test]
fn who_may_not_call_is_told_before_anything_is_sent() {
    let (home, proxy) = proxied("im/v1/");
    home.file("a.png", PNG);
    let nobody = home.run(&["im", "chats", "list", "--as", "user"]);
    assert_eq!((nobody.code, text(&nobody.error(), "subtype")), (3, "token_missing"));
    assert!(text(&nobody.error(), "hint").contains("larkspur auth login --scope"), "{}", nobody.stderr);
    let user = home.run(&["upload-image", "a.png", "--as", "user"]);
    assert_eq!((user.code, text(&user.error(), "hint")), (2, "pass --as bot"));
    let bot = home.run(&["authen", "user_info", "get", "--as", "bot"]);
    assert_eq!((bot.code, text(&bot.error(), "hint")), (2, "pass --as user"));

    let dry = home.run(&["authen", "user_info", "get", "--as", "bot", "--dry-run"]);
    assert_eq!((dry.code, text(&dry.error(), "hint")), (2, "pass --as user"));

    log_in(&home, ADA, SCOPE);
    let chat = home.chat_id();
    for (arguments, or) in [
        (
            &["im", "+messages-send", "--chat-id", chat, "--text", "x"] as &[&str],
            ", or call as the bot with --as bot",
        ),
        (&["im", "+messages-send", "--chat-id", chat, "--image", "a.png", "--as", "user"], ""),
    ] {
        let lacking = home.run(arguments);
        let error = lacking.error();
        assert_eq!((lacking.code, text(&error, "type")), (3, "authorization"));
        assert_eq!((text(&error, "subtype"), &error["sent"]), ("missing_scope", &json!(false)));
        assert_eq!(error["missing_scopes"], json!(["im:message", "im:message.send_as_user"]));
        assert_eq!(
            text(&error, "hint"),
            format!("run `larkspur auth login --scope \"im:message im:message.send_as_user\"`{or}")
        );
    }
    assert_eq!(proxy.count(), 0, "nothing was sent");

    log_in(&home, ADA, "im:message im:message.send_as_user");
    let sent = home.run(&["im", "+messages-send", "--chat-id", chat, "--image", "a.png", "--as", "user"]);
    assert_eq!(sent.json()["identity"], "user");
    let id = text(&sent.data(), "message_id").to_owned();
    let message = home.data(&["im", "messages", "get", "--message-id", &id, "--as", "bot"]);
    assert_eq!(message["items"][0]["sender"]["sender_type"], "user");
}

#[test]
fn a_refusal_for_want_of_a_scope_names_the_login() {
    let home = Home::new();
    log_in(&home, ADA, SCOPE);
    // A token that was given has no scopes that could be looked at before.
    let mut command =
        home.command(&["im", "chats", "update", "--as", "user", "--chat-id", home.chat_id(), "--name", "x"]);
    command.env("LARKSPUR_USER_ACCESS_TOKEN", text(&stored(&only_file(&home)), "access_token"));
    let ran = ran(command);
    let error = ran.error();
    assert_eq!((ran.code, &error["code"], text(&error, "subtype")), (3, &json!(99_991_679), "missing_scope"));
    assert_eq!(text(&error, "hint"), "run `larkspur auth login --scope \"im:chat\"`");
    home.data(&["platform", "app", "update", "--scopes", "im:chat:readonly"]);
    let lacking =
        home.run(&["im", "chats", "update", "--as", "bot", "--chat-id", home.chat_id(), "--name", "x"]);
    let error = lacking.error();
    assert_eq!(
        (lacking.code, &error["code"], text(&error, "subtype")),
        (3, &json!(99_991_672), "missing_scope")
    );
    assert_eq!(
        text(&error, "hint"),
        "add one of the named scopes to the app and publish a new version; to call as a user, then run `larkspur auth login --scope \"im:chat\"`"
    );
}

/// Starts 32 processes as a user, and sees them succeed.
fn thirty_two(home: &Home) {
    let start = |mut command: Command| {
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs")
    };
    let children: Vec<_> =
        (0..32).map(|_| start(home.command(&["im", "chats", "list", "--as", "user"]))).collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn thirty_two_processes_refresh_once() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    let file = only_file(&home);
    let before = stored(&file);
    ends_in(&file, -1);
    assert_eq!(text(&home.data(&["auth", "status"]), "tokenStatus"), "needs_refresh");
    thirty_two(&home);
    assert_eq!(proxy.count(), 1);
    let after = stored(&file);
    for token in ["access_token", "refresh_token"] {
        assert_ne!(after[token], before[token]);
    }
    assert_eq!(after["granted_at"], before["granted_at"]);
    thirty_two(&home);
    assert_eq!(proxy.count(), 1);
}

#[test]
fn thirty_two_processes_whose_token_is_refused_refresh_once() {
    let clock = Arc::new(ManualClock::at(SystemClock.now()));
    let mut home = Home::with(larkspur::Platform::builder().clock(Arc::clone(&clock) as Arc<dyn Clock>));
    let proxy = Proxy::new(home.platform.base_url(), REFRESH);
    home.through = Some(proxy.url.clone());
    log_in(&home, ADA, SCOPE);
    clock.advance(Duration::from_secs(7200));
    thirty_two(&home);
    assert_eq!(proxy.count(), 1);
    clock.advance(Duration::from_secs(8 * 24 * 3600));
    let over = home.run(&["im", "chats", "list", "--as", "user"]);
    assert_eq!((over.code, text(&over.error(), "subtype")), (3, "login_required"));
    assert!(
        text(&over.error(), "message").ends_with("its refresh token has expired (20037)"),
        "{}",
        over.stderr
    );
}

/// Kills a process while something is done to the refresh it waits for.
fn kill_while(home: &Home, proxy: &Proxy, mode: Mode, arguments: &[&str]) {
    proxy.set(mode);
    let mut command = home.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
    proxy.catches();
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    proxy.set(Mode::Pass);
}

#[test]
fn a_command_that_is_killed_takes_no_login_with_it() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    ends_in(&only_file(&home), -1);
    // The platform is asked after the command is gone.
    kill_while(&home, &proxy, Mode::Delay, &["im", "chats", "list", "--as", "user"]);
    thirty_two(&home);
    assert_eq!(proxy.count(), 1);
    assert_eq!(text(&home.data(&["auth", "status"]), "tokenStatus"), "valid");
}

#[test]
fn a_refresh_that_never_reached_the_platform_is_made_by_the_next() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    let file = only_file(&home);
    ends_in(&file, -1);
    kill_while(&home, &proxy, Mode::Hold, &["auth", "refresh"]);
    assert!(stored(&file)["refreshing_since"].is_u64(), "the intent was written down");
    thirty_two(&home);
    assert_eq!(proxy.count(), 2);
    assert_eq!(stored(&file)["refreshing_since"], Value::Null);
}

#[test]
fn a_refresh_whose_answer_was_lost_is_told_and_costs_no_call_before_its_time() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    let file = only_file(&home);
    ends_in(&file, 200_000);
    kill_while(&home, &proxy, Mode::Swallow, &["auth", "refresh"]);
    // The access token lives out its time.
    thirty_two(&home);
    assert_eq!(proxy.count(), 2, "the platform is asked once more, and then no more");
    let status = home.data(&["auth", "status"]);
    assert_eq!(text(&status, "tokenStatus"), "valid");
    assert!(text(&status, "note").contains("cut off"), "{status}");

    ends_in(&file, -1);
    let over = home.run(&["im", "chats", "list", "--as", "user"]);
    let error = over.error();
    assert_eq!((over.code, text(&error, "subtype")), (3, "login_required"));
    assert!(text(&error, "message").contains("cut off after the platform had used"), "{error}");
    assert_eq!(text(&error, "hint"), "run `larkspur auth login --scope \"im:chat:readonly\"`");
    assert_eq!(home.run(&["im", "chats", "list"]).json()["identity"], "bot", "auto goes on without");
    assert_eq!(text(&home.data(&["auth", "status"]), "tokenStatus"), "expired");
    log_in(&home, ADA, SCOPE);
    thirty_two(&home);
    assert_eq!(proxy.count(), 2);
}

#[test]
fn a_network_that_fails_costs_no_login() {
    let (home, proxy) = proxied(REFRESH);
    log_in(&home, ADA, SCOPE);
    ends_in(&only_file(&home), -1);
    proxy.set(Mode::Refuse);
    let failed = home.run(&["im", "chats", "list", "--as", "user"]);
    assert_eq!((failed.code, text(&failed.error(), "type")), (4, "network"));
    proxy.set(Mode::Pass);
    home.data(&["im", "chats", "list", "--as", "user"]);
    assert_eq!(proxy.count(), 1);
}
