//! What must hold over the whole registry.

use std::{collections::BTreeSet, fs, path::Path};

use larkspur_api::{
    code,
    endpoint::{find, find_route, registry},
};

#[test]
fn ids_routes_and_commands_are_unique() {
    let all = registry();
    let count = |keys: BTreeSet<String>| assert_eq!(keys.len(), all.len());
    count(all.iter().map(|entry| entry.meta.id.to_owned()).collect());
    // One path of OAuth exchanges whatever it gets.
    let routed = all.iter().filter(|entry| entry.meta.id != "authen.v2.oauth_token.refresh");
    let routes: BTreeSet<_> = routed.map(|entry| (entry.meta.method, entry.meta.path)).collect();
    assert_eq!(routes.len(), all.len() - 1);
    let commands: Vec<_> = all
        .iter()
        .filter_map(|entry| Some(format!("{} {}", entry.meta.project(), entry.meta.cli?)))
        .collect();
    assert_eq!(commands.iter().collect::<BTreeSet<_>>().len(), commands.len());
}

#[test]
fn every_endpoint_file_is_registered_under_its_own_path() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    for file in &files {
        let text = fs::read_to_string(file).expect("readable");
        if !text.contains("#[endpoint(") {
            continue;
        }
        let id = file.strip_prefix(&src).expect("below src").with_extension("");
        let id = id.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(".");
        assert!(find(&id).is_some(), "{} is not registered: is its `pub mod` line missing?", file.display());
    }
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn every_field_and_endpoint_is_described() {
    for entry in registry() {
        assert!(!entry.meta.summary().is_empty(), "{}", entry.meta.id);
        for field in entry.meta.fields.iter().chain(entry.meta.answer) {
            assert!(!field.doc.is_empty(), "{}.{}", entry.meta.id, field.name);
        }
    }
}

#[test]
fn every_code_says_what_to_do_and_stands_once() {
    let mut seen = BTreeSet::new();
    for code in code::all() {
        assert!(seen.insert((code.number, code.msg)), "{code:?} stands twice");
        assert!(code.hint.len() > 10, "{code:?} has no hint");
        assert!((200..600).contains(&code.status), "{code:?}");
    }
}

#[test]
fn the_more_literal_route_wins() {
    let id = |method, path| find_route(method, path).map(|meta| meta.id);
    assert_eq!(id("GET", "/open-apis/im/v1/messages/mget"), Some("im.v1.message.mget"));
    assert_eq!(id("GET", "/open-apis/im/v1/messages/om_1"), Some("im.v1.message.get"));
    assert_eq!(id("GET", "/open-apis/im/v1/messages/om_1/"), Some("im.v1.message.get"));
    assert_eq!(id("PATCH", "/open-apis/im/v1/nothing"), None);
    assert_eq!(id("GET", "/open-apis/im/v1/messages/om_1/x/y/z"), None);
}
