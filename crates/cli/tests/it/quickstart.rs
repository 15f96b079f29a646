//! `larkspur quickstart`: the first thing anyone runs.

use crate::{PNG, larkspur, ran};

/// The lines with everything that differs between runs left out.
fn story(stdout: &str) -> String {
    let word = |word: &str| match word {
        _ if word.starts_with("http://127.0.0.1:") => "[base_url]".to_owned(),
        _ if word.starts_with("om_") => "[message_id]".to_owned(),
        _ if word.starts_with("oc_") => "[chat_id]".to_owned(),
        _ if word.starts_with("img_v3_") => "[image_key]".to_owned(),
        _ if word.starts_with("img_v3_") || word.starts_with("file_v3_") => "[key]".to_owned(),
        _ => word.trim_end_matches(']').to_owned(),
    };
    stdout
        .lines()
        .map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn it_tells_the_whole_round() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.arg("quickstart");
    let ran = ran(command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    insta::assert_snapshot!(story(&ran.stdout));
    assert_eq!(std::fs::read_dir(home.path()).expect("a folder").count(), 0, "it keeps nothing");
}

#[test]
fn it_takes_files_of_ones_own() {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::write(home.path().join("a.png"), PNG).expect("a file");
    std::fs::write(home.path().join("b.txt"), "text").expect("a file");
    let mut command = larkspur(home.path());
    command.args(["quickstart", "a.png"]);
    let one = ran(command);
    assert_eq!(one.code, 0, "{}", one.stderr);
    assert!(one.stdout.contains("a.png came back as it was sent"), "{}", one.stdout);
    let mut command = larkspur(home.path());
    command.args(["quickstart", "a.png", "missing.png"]);
    let none = ran(command);
    assert_eq!(none.code, 2);
    assert!(none.error()["message"].as_str().is_some_and(|message| message.contains("missing.png")));
}
