//! Every endpoint says what its documentation page says.

use std::{collections::BTreeSet, fs, path::Path};

use larkspur_api::endpoint::{Field, Kind, Meta, Place, RoundTrip, Scopes, registry};
use serde_json::{Map, Value};

const CATALOGUE: &str = include_str!("../../catalogue/endpoints.json");

fn catalogue() -> Vec<Value> {
    serde_json::from_str(CATALOGUE).expect("the catalogue is JSON")
}

fn strings(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Each registered endpoint with its line of the catalogue.
fn each(mut check: impl FnMut(&'static Meta, &Value)) {
    let catalogue = catalogue();
    for entry in registry().into_iter().filter(|entry| !entry.meta.is_own()) {
        let line = catalogue.iter().find(|line| line["id"] == entry.meta.id);
        check(entry.meta, line.unwrap_or_else(|| panic!("{} is not in the catalogue", entry.meta.id)));
    }
}

#[test]
fn method_path_page_and_rate_are_the_documented_ones() {
    each(|meta, line| {
        assert_eq!(line["http_method"], meta.method.as_str(), "{}", meta.id);
        assert_eq!(line["path"], meta.path, "{}", meta.id);
        assert_eq!(line["doc"].as_str().unwrap_or_default(), meta.doc, "{}", meta.id);
        if let Some(rate) = line.get("rate_limit") {
            let number =
                |key: &str| rate.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
            assert_eq!(number("per_minute"), meta.rate.per_minute, "{}", meta.id);
            assert_eq!(number("per_second"), meta.rate.per_second, "{}", meta.id);
        }
        assert_eq!(line["response_type"] == "binary", meta.binary, "{}", meta.id);
        assert_eq!(line["content_type"] == "multipart", meta.is_multipart(), "{}", meta.id);
    });
}

#[test]
fn tokens_and_scopes_are_the_documented_ones() {
    each(|meta, line| {
        let kinds = strings(&line["token_types"]);
        for (kind, scopes) in [("tenant", meta.tenant), ("user", meta.user), ("app", meta.app)] {
            assert_eq!(kinds.contains(kind), scopes.is_some(), "{}: {kind} token", meta.id);
            let Some(scopes) = scopes else { continue };
            let of_kind = line.get("scopes_by_identity").and_then(|by| by.get(kind));
            let documented = match of_kind {
                Some(by) if by.get("all_of").is_some() => strings(&by["all_of"]),
                Some(by) => strings(&by["any_of"]),
                None => strings(&line["scopes"]),
            };
            if let Some(by) = of_kind {
                assert_eq!(
                    by.get("all_of").is_some(),
                    matches!(scopes, Scopes::All(_)),
                    "{}: {kind}",
                    meta.id
                );
            }
            let known: BTreeSet<_> = scopes.names().iter().copied().collect();
            assert!(documented.is_subset(&known), "{}: {kind} scopes {documented:?} and {known:?}", meta.id);
            if !line["doc"].is_null() {
                assert_eq!(documented, known, "{}: {kind} scopes", meta.id);
            }
        }
    });
}

#[test]
fn error_tables_are_the_documented_ones() {
    each(|meta, line| {
        let documented: BTreeSet<_> = line["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|row| {
                let number = row["code"].as_i64();
                // One page has its texts in Chinese only, and the catalogue has none of them.
                let ours =
                    || meta.errors.iter().find(|code| Some(code.number) == number).map(|code| code.msg);
                (number, row["msg"].as_str().or_else(ours).unwrap_or_default().trim_end_matches('.'))
            })
            .collect();
        // Pages without a table are silent, not empty.
        if documented.is_empty() {
            return;
        }
        // Some old pages give no statuses and not every text: of them the numbers count, and answers
        // that were seen may add others.
        let rows = || line["errors"].as_array().into_iter().flatten();
        if rows().any(|row| row["http_status"].is_null()) {
            for row in rows() {
                let found = meta.errors.iter().any(|code| {
                    let same_text = row["msg"].as_str().is_none_or(|msg| msg == code.msg);
                    row["code"].as_i64() == Some(code.number) && same_text
                });
                assert!(found, "{}: {row}", meta.id);
            }
            return;
        }
        let known: BTreeSet<_> =
            meta.errors.iter().map(|code| (Some(code.number), code.msg.trim_end_matches('.'))).collect();
        assert_eq!(documented, known, "{}", meta.id);
        for row in line["errors"].as_array().into_iter().flatten() {
            let code = meta
                .errors
                .iter()
                .find(|code| Some(code.number) == row["code"].as_i64())
                .expect("checked above");
            assert_eq!(
                row["http_status"].as_u64(),
                Some(u64::from(code.status)),
                "{} {}",
                meta.id,
                code.number
            );
        }
    });
}

#[test]
fn fields_are_the_documented_ones() {
    each(|meta, line| {
        for (key, places) in [
            ("path_params", vec![Place::Path]),
            ("query_params", vec![Place::Query]),
            ("body", vec![Place::Body, Place::File]),
        ] {
            for documented in line[key].as_array().into_iter().flatten() {
                let name = documented["name"].as_str().expect("a name");
                let field =
                    meta.fields.iter().find(|field| field.name == name && places.contains(&field.place));
                let optional_extra = documented["sdk_only"] == true;
                match field {
                    None if optional_extra => {}
                    None => panic!("{}: {key} lacks {name}", meta.id),
                    Some(field) => same(meta.id, field, documented),
                }
            }
        }
        let names = ["path_params", "query_params", "body"];
        let documented: BTreeSet<_> = names
            .iter()
            .flat_map(|key| line[*key].as_array().into_iter().flatten())
            .filter_map(|field| field["name"].as_str())
            .collect();
        for field in meta.fields {
            // The command line of the vendor knows it, though no page does.
            let known = documented.contains(field.name)
                || field.name == "with_sender_name"
                || line["incomplete"].to_string().contains(field.name);
            assert!(known, "{}: {} is documented nowhere", meta.id, field.name);
        }
    });
}

fn same(id: &str, field: &Field, documented: &Value) {
    let at = format!("{id}.{}", field.name);
    // The command line of the vendor sends this token always, empty for the first page.
    if let Some(required) = documented["required"].as_bool().filter(|_| at != "im.v1.flag.list.page_token") {
        assert_eq!(required, field.required, "{at}: required");
    }
    // Several with commas between them, which is a text.
    if let Some(values) = documented.get("enum").filter(|_| field.name != "member_types") {
        let values = strings(values);
        let kind = match field.kind {
            Kind::List(kind) => *kind,
            kind => kind,
        };
        let known: BTreeSet<_> = match kind {
            Kind::Enum(values) | Kind::IntEnum(values) => values.iter().map(|value| value.value).collect(),
            _ => panic!("{at} is an enum"),
        };
        assert!(values.is_subset(&known), "{at}: {values:?} and {known:?}");
    }
    let number = |key: &str| documented.get(key).and_then(Value::as_i64);
    if let Some(min) = number("min") {
        assert_eq!(Some(min), field.rules.min, "{at}: min");
    }
    // One page has the limit of the size beside the token.
    if let Some(max) = number("max").filter(|_| field.name != "page_token") {
        assert_eq!(Some(max), field.rules.max, "{at}: max");
    }
    // Lists of members count bots and users apart, so the endpoint counts them itself.
    // The size of a file stands in the text of its page.
    if field.name != "id_list" && !matches!(field.kind, Kind::File) {
        let len = |key: &str| number(key).and_then(|n| usize::try_from(n).ok());
        assert_eq!(len("max_len"), field.rules.max_len, "{at}: max_len");
    }
    if let Some(default) = documented.get("default") {
        let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        assert_eq!(Some(default.as_str()), field.rules.default, "{at}: default");
    }
    if let (Kind::Object(members), Some(children)) = (field.kind, documented["children"].as_array()) {
        for child in children {
            assert!(
                members.iter().any(|member| child["name"] == member.name),
                "{at} lacks {}",
                child["name"]
            );
        }
    }
}

#[test]
fn answers_have_the_documented_fields() {
    each(|meta, line| {
        let fields = line["response"].as_array().expect("a list");
        let top: Vec<_> = if meta.flat {
            fields.iter().filter(|field| field["name"] != "code" && field["name"] != "msg").collect()
        } else {
            let data = fields.iter().find(|field| field["name"] == "data");
            data.and_then(|data| data["children"].as_array()).into_iter().flatten().collect()
        };
        answered(meta.id, meta.answer, &top);
    });
}

fn answered(at: &str, fields: &[Field], documented: &[&Value]) {
    for child in documented {
        if child["sdk_only"] == true {
            continue;
        }
        let name = child["name"].as_str().expect("a name");
        let field = fields.iter().find(|field| field.name == name);
        let field = field.unwrap_or_else(|| panic!("{at}: the answer lacks {name}"));
        let members = match field.kind {
            Kind::Object(members) => members,
            Kind::List(Kind::Object(members)) => members,
            _ => continue,
        };
        let children: Vec<_> = child["children"].as_array().into_iter().flatten().collect();
        answered(&format!("{at}.{name}"), members, &children);
    }
}

#[test]
fn documented_examples_survive_a_round_trip() {
    let catalogue = catalogue();
    for entry in registry() {
        let meta = entry.meta;
        if let Some(example) = meta.example {
            let example: Value = serde_json::from_str(example).expect("the example is JSON");
            let written = (entry.round_trip)(RoundTrip::Request(&example));
            covers(meta.id, &example, &written.unwrap_or_else(|error| panic!("{}: {error}", meta.id)));
        }
        let Some(line) = catalogue.iter().find(|line| line["id"] == meta.id) else { continue };
        if let Some(body) = line.get("request_example").and_then(Value::as_object) {
            let mut request = example_of_other_fields(meta);
            request.extend(body.clone());
            let request = Value::Object(request);
            let written = (entry.round_trip)(RoundTrip::Request(&request));
            covers(meta.id, &request, &written.unwrap_or_else(|error| panic!("{}: {error}", meta.id)));
        }
        if let Some(answer) = line.get("response_example").filter(|_| !meta.binary) {
            let mut answer = if meta.flat { answer.clone() } else { answer["data"].clone() };
            if let Some(object) = answer.as_object_mut().filter(|_| meta.flat) {
                object.retain(|key, _| key != "code" && key != "msg");
            }
            let written = (entry.round_trip)(RoundTrip::Response(&answer));
            covers(meta.id, &answer, &written.unwrap_or_else(|error| panic!("{}: {error}", meta.id)));
        }
    }
}

/// The example's path and query fields: the documented body comes without them.
fn example_of_other_fields(meta: &Meta) -> Map<String, Value> {
    let example: Value = serde_json::from_str(meta.example.unwrap_or("{}")).expect("the example is JSON");
    let Value::Object(mut example) = example else { panic!("{}: the example is an object", meta.id) };
    example
        .retain(|name, _| meta.fields.iter().any(|field| field.name == name && field.place != Place::Body));
    example
}

/// All of `expected` stands in `written`, and what is new there is empty.
fn covers(at: &str, expected: &Value, written: &Value) {
    match (expected, written) {
        (Value::Object(expected), Value::Object(written)) => {
            for (key, value) in expected {
                let again = written.get(key).unwrap_or_else(|| panic!("{at}.{key} is lost"));
                covers(&format!("{at}.{key}"), value, again);
            }
            for (key, value) in written.iter().filter(|(key, _)| !expected.contains_key(*key)) {
                let empty = match value {
                    Value::Bool(value) => !value,
                    Value::Number(value) => value.as_i64() == Some(0),
                    Value::String(value) => value.is_empty() || value == "0",
                    Value::Array(values) => values.is_empty(),
                    Value::Object(_) | Value::Null => false,
                };
                assert!(empty, "{at}.{key} appears as {value}");
            }
        }
        (Value::Array(expected), Value::Array(written)) => {
            assert_eq!(expected.len(), written.len(), "{at}");
            for (expected, written) in expected.iter().zip(written) {
                covers(&format!("{at}[]"), expected, written);
            }
        }
        _ => assert_eq!(expected, written, "{at}"),
    }
}

/// What people open in a browser: nobody calls it, so it is no endpoint of the contract.
const PAGES: &[&str] = &["authen.v1.authorize.get", "authen.v1.index.get"];

#[test]
fn the_list_of_missing_endpoints_is_true() {
    let known: BTreeSet<_> = registry().iter().map(|entry| entry.meta.id).collect();
    let catalogue = catalogue();
    let missing: String = catalogue
        .iter()
        .filter_map(|line| line["id"].as_str())
        .filter(|id| !known.contains(id) && !PAGES.contains(id))
        .map(|id| format!("{id}\n"))
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue/not-implemented.txt");
    if fs::read_to_string(&path).unwrap_or_default() != missing {
        fs::write(&path, missing).expect("the list can be written");
        panic!("catalogue/not-implemented.txt was out of date and has been rewritten: commit it");
    }
}
