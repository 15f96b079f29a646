//! `larkspur fidelity`

use insta::assert_snapshot;
use serde_json::Value;

use crate::{larkspur, ran};

fn fidelity(arguments: &[&str]) -> (i32, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = larkspur(home.path());
    command.arg("fidelity").args(arguments);
    let ran = ran(command);
    (ran.code, ran.stdout)
}

#[test]
fn the_rows_of_an_endpoint_have_states_and_tests() {
    let (code, text) = fidelity(&["--endpoint", "im.v1.image.get"]);
    assert_eq!(code, 0);
    assert_snapshot!(text);
}

#[test]
fn programs_read_json() {
    let (_, text) = fidelity(&["--json", "--endpoint", "im.v1.message"]);
    let read: Value = serde_json::from_str(&text).expect("JSON");
    let endpoints = read["data"]["endpoints"].as_array().expect("a list");
    assert!(endpoints.iter().any(|one| one["id"] == "im.v1.message.create"));
    assert!(!endpoints.iter().any(|one| one["id"] == "im.v1.message_reaction.create"));
    assert!(read["data"]["totals"]["core"]["code"]["tested"].as_u64() > Some(50));
}

#[test]
fn only_what_is_open() {
    let (code, text) = fidelity(&["--missing", "--json"]);
    assert_eq!(code, 0);
    let read: Value = serde_json::from_str(&text).expect("JSON");
    let endpoints = read["data"]["endpoints"].as_array().expect("a list");
    let rows = endpoints.iter().flat_map(|one| one["rows"].as_array().expect("rows"));
    assert!(rows.into_iter().all(|row| row["state"] == "open"));
}

#[test]
fn an_endpoint_that_nobody_documents() {
    assert_eq!(fidelity(&["--endpoint", "im.v1.nothing"]).0, 2);
}
