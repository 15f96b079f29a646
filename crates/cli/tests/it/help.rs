//! What is printed without anything being done.

use insta::assert_snapshot;

use crate::{larkspur, ran};

fn help(arguments: &[&str]) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.args(arguments).env("COLUMNS", "100");
    let ran = ran(command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 0, "nothing was written");
    ran.stdout
}

#[test]
fn the_commands() {
    assert_snapshot!(help(&["--help"]));
    assert_snapshot!("im", help(&["im", "--help"]));
}

#[test]
fn the_main_commands_explain_themselves() {
    assert_snapshot!("messages_send", help(&["im", "+messages-send", "--help"]));
    assert_snapshot!("upload_image", help(&["upload-image", "--help"]));
    assert_snapshot!("serve", help(&["serve", "--help"]));
    assert_snapshot!("conformance", help(&["conformance", "--help"]));
    assert_snapshot!("consume", help(&["event", "consume", "--help"]));
    assert_snapshot!("listen", help(&["listen", "--help"]));
    assert_snapshot!("trigger", help(&["trigger", "--help"]));
    assert_snapshot!("doctor", help(&["doctor", "--help"]));
    assert_snapshot!("auth", help(&["auth", "--help"]));
    assert_snapshot!("auth_login", help(&["auth", "login", "--help"]));
    assert_snapshot!("act", help(&["act", "--help"]));
    assert_snapshot!("platform", help(&["platform", "--help"]));
    assert_snapshot!("fidelity", help(&["fidelity", "--help"]));
    assert_snapshot!("list", help(&["im", "messages", "list", "-h"]));
}

#[test]
fn the_version_is_one_line() {
    assert_eq!(help(&["--version"]), format!("larkspur {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = help(&["completion", shell]);
        let mut words = vec!["+messages-send", "upload-image", "consume"];
        // The generator for fish stops below the second level.
        if shell != "fish" {
            words.extend(["receive-id-type", "max-events", "forward-to", "device-code"]);
        }
        // These two know the values of arguments without a flag.
        if ["bash", "zsh"].contains(&shell) {
            words.push("app_ticket");
        }
        for word in words {
            assert!(script.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn every_endpoint_has_a_schema_and_a_command() {
    let list = help(&["schema"]);
    assert!(list.lines().count() >= 26);
    for line in list.lines() {
        let columns: Vec<&str> =
            line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect();
        let schema: serde_json::Value = serde_json::from_str(&help(&["schema", columns[0]])).expect("JSON");
        assert_eq!(schema["_meta"]["id"], columns[0]);
        // Tokens are got by `auth` and by every command itself: their secrets have no place in arguments.
        if !["auth.", "authen.", "oauth."].iter().any(|kind| columns[0].starts_with(kind)) {
            let mut words: Vec<&str> = columns[1].split(' ').collect();
            words.push("--help");
            let help = help(&words);
            for field in schema["inputSchema"]["properties"].as_object().expect("fields").keys() {
                let flag = format!("--{}", field.replace('_', "-"));
                let file = format!("{field}=PATH");
                assert!(help.contains(&flag) || help.contains(&file), "{flag} of {}", columns[1]);
            }
        }
    }
}

#[test]
fn an_error_code_is_explained() {
    assert_snapshot!(help(&["explain", "230002"]));
}
