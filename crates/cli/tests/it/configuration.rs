//! Profiles, environment, secrets.

use serde_json::json;

use crate::{Home, fed, larkspur, ran};

#[test]
fn a_profile_is_made_from_what_serve_wrote_and_used() {
    let home = Home::new();
    let ready = serde_json::to_string(home.platform.ready()).expect("JSON");
    home.file("ready.json", ready.as_bytes());
    let run = |arguments: &[&str]| {
        let mut command = larkspur(home.folder.path());
        command.args(arguments);
        ran(command)
    };
    let made = run(&["config", "init", "--name", "local", "--from-ready", "ready.json"]).data();
    assert_eq!((&made["profile"], &made["settings"]["app_secret"]), (&json!("local"), &json!("********")));
    assert_eq!(run(&["im", "chats", "get", "--chat-id", home.chat_id()]).data()["name"], "Larkspur Garden");
    let shown = run(&["config", "show"]);
    assert!(!shown.stdout.contains(&home.platform.workspace().app_secret), "the secret is not shown");
    assert_eq!(shown.data()["current"], "local");
}

#[cfg(unix)]
#[test]
fn what_holds_secrets_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mut command = larkspur(home.folder.path());
    command.args(["config", "init", "--app-id", "cli_0123456789abcdef", "--app-secret-stdin"]);
    fed(command, b"secret\n").data();
    home.data(&["im", "chats", "list"]);
    let mut folders = vec![home.folder.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let mode = entry.metadata().expect("metadata").permissions().mode() & 0o777;
                assert_eq!(mode, 0o600, "{}", entry.path().display());
                files += 1;
            }
        }
    }
    assert!(files >= 2, "configuration and token");
}

#[test]
fn a_secret_is_read_from_a_file_when_it_is_needed() {
    let home = Home::new();
    let workspace = home.platform.workspace();
    home.file("secret", format!("{}\n", workspace.app_secret).as_bytes());
    let mut command = larkspur(home.folder.path());
    command.args(["im", "chats", "list", "--base-url", home.platform.base_url()]);
    command.env("LARKSPUR_APP_ID", &workspace.app_id).env("LARKSPUR_APP_SECRET_FILE", "secret");
    ran(command).data();
}

#[test]
fn the_official_names_of_the_environment_are_understood() {
    let home = Home::new();
    let workspace = home.platform.workspace();
    let mut command = larkspur(home.folder.path());
    command
        .args(["im", "chats", "list"])
        .env("LARKSUITE_CLI_BASE_URL", home.platform.base_url())
        .env("LARKSUITE_CLI_APP_ID", &workspace.app_id)
        .env("LARKSUITE_CLI_APP_SECRET", &workspace.app_secret);
    ran(command).data();
}

#[test]
fn it_works_without_a_home_directory() {
    let home = Home::new();
    let mut command = home.command(&["im", "chats", "list"]);
    command.env_remove("HOME");
    ran(command).data();
    let mut command = home.command(&["im", "chats", "list"]);
    command.env("HOME", "/nonexistent");
    ran(command).data();
}

#[test]
fn no_flag_takes_a_secret() {
    let help = ran({
        let mut command = larkspur(std::path::Path::new("/"));
        command.args(["config", "init", "--help"]);
        command
    });
    assert!(!help.stdout.contains("--app-secret <"), "{}", help.stdout);
}

#[test]
fn a_test_profile_refuses_production() {
    let home = Home::new();
    let ready = serde_json::to_string(home.platform.ready()).expect("JSON");
    let mut command = larkspur(home.folder.path());
    command.args(["config", "init", "--from-ready", "-"]);
    fed(command, ready.as_bytes()).data();
    let mut command = larkspur(home.folder.path());
    command.args(["im", "chats", "list", "--base-url", "https://open.feishu.cn"]);
    let ran = ran(command);
    assert_eq!((ran.code, &ran.error()["type"]), (6, &json!("policy")));
}

#[test]
fn a_broken_configuration_is_named() {
    let home = Home::new();
    let folder = home.folder.path().join(".config/larkspur");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), "profiles = 1").expect("a file");
    let ran = home.run(&["im", "chats", "list"]);
    assert_eq!(ran.code, 3);
    assert!(ran.error()["message"].as_str().is_some_and(|message| message.contains("config.toml")));
}
