//! `larkspur conformance`

use serde_json::Value;

use crate::{larkspur, ran};

#[test]
fn the_embedded_platform_is_judged() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = larkspur(home.path());
        command.arg("conformance").args(arguments);
        ran(command)
    };
    let told = run(&["im/v1/image/create: a GIF"]);
    assert_eq!(
        told.stdout,
        "pass  im/v1/image/create: a GIF wider than 2,000 px is refused\n1 passed, 0 failed, 0 skipped\n"
    );
    assert_eq!(told.code, 0);

    let json = run(&["--json", "im/v1/image/create: a GIF"]);
    let report: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(report["data"]["passed"], 1);
    assert_eq!(report["data"]["scenarios"][0]["outcome"], "passed");

    let none = run(&["there is none of this name"]);
    assert_eq!(none.code, 2, "{}", none.stderr);
    let list = run(&["--list", "im/v1/image/create"]);
    assert!(list.stdout.lines().count() > 5, "{}", list.stdout);
}

#[test]
fn another_server_is_judged_with_credentials_from_a_file() {
    let home = crate::Home::new();
    let file = home.folder.path().join("team.toml");
    let secret = &home.platform.workspace().app_secret;
    let app_id = &home.platform.workspace().app_id;
    std::fs::write(&file, format!("[apps.main]\napp_id = {app_id:?}\napp_secret = {secret:?}\n"))
        .expect("written");
    let mut command = larkspur(home.folder.path());
    command.args(["conformance", "--base-url", home.platform.base_url(), "--credentials"]).arg(&file);
    command.args(["im/v1/chat/create"]);
    let told = ran(command);
    assert_eq!(told.code, 0, "{}", told.stdout);
    assert!(
        told.stdout.contains("pass  im/v1/chat/create: the same uuid makes one group"),
        "{}",
        told.stdout
    );
    assert!(told.stdout.contains(": the credentials have no user `ada`"), "{}", told.stdout);
    assert!(told.stderr.contains("chmod 600"), "{}", told.stderr);
    assert!(!told.stdout.contains(secret.as_str()) && !told.stderr.contains(secret.as_str()));
}
