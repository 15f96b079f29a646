//! Every event says what its documentation page says, and survives the way there and back.

use std::{collections::BTreeSet, fs, path::Path};

use larkspur_api::{
    content::Received,
    endpoint::{Field, Kind, Scopes},
    event::{
        self, Apps, Callback, DecodeError, Envelope, EnvelopeError, Event, EventMeta, Header, Incoming,
        Schema, card, im, registry,
    },
    time::Millis,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const CATALOGUE: &str = include_str!("../../catalogue/events.json");

/// Scopes that the text of a page names, but not its table.
const SCOPES_IN_TEXT: &[&str] = &["im:user_agent:read"];

/// Fields of a type that one of its places does not list.
const NOT_LISTED_HERE: &[&str] = &["contact.user.updated_v3.old_object.enterprise_email"];

/// Each registered event with its line of the catalogue.
fn each(mut check: impl FnMut(&'static EventMeta, &Value)) {
    let catalogue: Vec<Value> = serde_json::from_str(CATALOGUE).expect("the catalogue is JSON");
    let documented: Vec<_> = catalogue.iter().filter_map(|line| line["event_type"].as_str()).collect();
    let known: Vec<_> = event::events().map(|meta| meta.event_type).collect();
    assert_eq!(known, documented);
    for (meta, line) in event::events().zip(&catalogue) {
        check(meta, line);
    }
}

fn strings(value: &Value) -> BTreeSet<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn facts_are_the_documented_ones() {
    each(|meta, line| {
        let kind = match meta.kind {
            event::Kind::Event => "event",
            event::Kind::Callback => "callback",
        };
        assert_eq!(line["kind"], kind, "{}", meta.event_type);
        let schema = match meta.schema {
            Schema::V1 => "1.0",
            Schema::V2 => "2.0",
            Schema::Legacy => "legacy",
        };
        assert_eq!(line["schema"], schema, "{}", meta.event_type);
        let apps: &[_] = match meta.apps {
            Apps::All => &["custom", "isv"],
            Apps::Custom => &["custom"],
            Apps::Isv => &["isv"],
        };
        assert_eq!(strings(&line["app_types"]), apps.iter().copied().collect(), "{}", meta.event_type);
        assert_eq!(line["doc"], meta.doc, "{}", meta.event_type);
        assert_eq!(line["long_connection"], meta.long_connection, "{}", meta.event_type);
        assert_eq!(line["auto_subscribed"], meta.auto_subscribed, "{}", meta.event_type);
        assert!(matches!(meta.scopes, Scopes::Any(_)), "{}", meta.event_type);
        let scopes: BTreeSet<_> = meta.scopes.names().iter().copied().collect();
        assert_eq!(strings(&line["scopes"]), scopes, "{}", meta.event_type);
    });
}

#[test]
fn fields_are_the_documented_ones() {
    each(|meta, line| {
        same(meta.event_type, meta.fields, &line["fields"]);
        match meta.answer {
            Some(answer) if line.get("answer").is_some() => {
                same(&format!("{} answer", meta.event_type), answer, &line["answer"]);
            }
            // No page lists the answer of the old card callback.
            Some(_) => assert_eq!(meta.schema, Schema::Legacy, "{}", meta.event_type),
            None => assert!(line.get("answer").is_none(), "{}", meta.event_type),
        }
    });
}

/// What a list is made of; anything else as it is.
fn items(kind: Kind) -> Kind {
    match kind {
        Kind::List(kind) => *kind,
        kind => kind,
    }
}

fn same(at: &str, fields: &[Field], documented: &Value) {
    let documented = documented.as_object().unwrap_or_else(|| panic!("{at} has fields that no page lists"));
    for name in documented.keys() {
        assert!(fields.iter().any(|field| field.name == name), "{at} lacks {name}");
    }
    for field in fields {
        let at = format!("{at}.{}", field.name);
        assert!(!field.doc.is_empty(), "{at} is not described");
        if NOT_LISTED_HERE.contains(&at.as_str()) {
            continue;
        }
        let documented = documented.get(field.name).unwrap_or_else(|| panic!("{at} is documented nowhere"));
        match (items(field.kind), documented) {
            (Kind::Object(fields), documented) => same(&at, fields, documented),
            (Kind::Enum(values) | Kind::IntEnum(values), Value::Array(documented)) => {
                for value in documented {
                    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    assert!(values.iter().any(|known| known.value == value), "{at} lacks {value}");
                }
            }
            // A sum of bits, and a constant.
            (_, Value::Array(_)) => {
                assert!(["enable_pc_mode", "type"].contains(&field.name), "{at} is an enum");
            }
            (_, Value::Object(_)) => panic!("{at} is an object"),
            _ => {}
        }
    }
}

#[test]
fn withheld_fields_are_the_documented_ones() {
    fn collect(fields: &'static [Field], scopes: &mut BTreeSet<&str>) {
        for field in fields {
            scopes.extend(field.rules.scopes);
            if let Kind::Object(fields) = items(field.kind) {
                collect(fields, scopes);
            }
        }
    }
    each(|meta, line| {
        let mut scopes = BTreeSet::new();
        collect(meta.fields, &mut scopes);
        for scope in SCOPES_IN_TEXT {
            scopes.remove(scope);
        }
        assert_eq!(strings(&line["field_scopes"]), scopes, "{}", meta.event_type);
    });
}

#[test]
fn every_event_file_is_registered_under_its_own_path() {
    fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() { collect(&path, files) } else { files.push(path) }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/event");
    let mut files = Vec::new();
    collect(&src, &mut files);
    files.retain(|file| fs::read_to_string(file).expect("readable").contains("#[event("));
    for file in &files {
        let name = file.strip_prefix(&src).expect("below src").with_extension("");
        let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(".");
        let meta = event::find(&name);
        let meta = meta.unwrap_or_else(|| panic!("{name} is not registered: is its `pub mod` line missing?"));
        assert!(!meta.summary().is_empty(), "{name} is not described");
    }
    assert_eq!(files.len(), registry().len());
}

fn envelope(body: &[u8]) -> Envelope {
    match Envelope::parse(body) {
        Ok(Incoming::Event(envelope)) => envelope,
        other => panic!("not an event: {other:?}"),
    }
}

fn example<E: Event>() -> Envelope {
    envelope(E::META.example.as_bytes())
}

#[test]
fn documented_examples_survive_a_round_trip() {
    for entry in registry() {
        let meta = entry.meta;
        let body: Value = serde_json::from_str(meta.example).expect("the example is JSON");
        let envelope = envelope(meta.example.as_bytes());
        assert_eq!(envelope.header.event_type, meta.event_type);
        assert_eq!(envelope.schema, meta.schema, "{}", meta.event_type);
        assert_eq!(envelope.meta().map(|meta| meta.event_type), Some(meta.event_type));
        assert_eq!(envelope.to_json(), body, "{}", meta.event_type);
        assert_eq!(envelope.header.created().is_none(), meta.schema == Schema::Legacy, "{}", meta.event_type);

        let event = (entry.round_trip)(&envelope.event);
        let event = event.unwrap_or_else(|error| panic!("{}: {error}", meta.event_type));
        assert_eq!(event, envelope.event, "{}", meta.event_type);
    }
}

#[test]
fn fields_that_nobody_knows_survive() {
    fn add(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.values_mut().for_each(add);
                object.insert("from_the_future".to_owned(), json!([null, {"x": 1.5}]));
            }
            Value::Array(values) => values.iter_mut().for_each(add),
            _ => {}
        }
    }
    for entry in registry() {
        let meta = entry.meta;
        let mut body: Value = serde_json::from_str(meta.example).expect("the example is JSON");
        add(&mut body);
        let envelope = envelope(body.to_string().as_bytes());
        assert_eq!(envelope.to_json(), body, "{}", meta.event_type);
        let event = (entry.round_trip)(&envelope.event);
        assert_eq!(event.ok(), Some(envelope.event), "{}", meta.event_type);
    }
}

#[test]
fn an_empty_answer_leaves_everything_as_it_is() {
    for entry in registry() {
        assert_eq!(entry.answer_round_trip.is_some(), entry.meta.kind == event::Kind::Callback);
        if let Some(round_trip) = entry.answer_round_trip {
            assert_eq!(round_trip(&json!({})).expect("an answer"), json!({}), "{}", entry.meta.event_type);
        }
    }
}

#[test]
fn documented_answers_survive_a_round_trip() {
    fn survives<E: Callback>(answer: &Value) {
        let read: E::Answer = serde_json::from_value(answer.clone()).expect("an answer");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), *answer, "{}", E::META.event_type);
    }
    let toast = json!({
        "type": "info", "content": "卡片交互成功",
        "i18n": {"zh_cn": "卡片交互成功", "en_us": "card action success"},
    });
    let card = json!({"schema": "2.0", "body": {"elements": [{"tag": "div"}]}});
    let template = json!({"type": "template", "data": {
        "template_id": "AAqi6xJ8rabcd", "template_version_name": "1.0.0",
        "template_variable": {"open_id": "ou_d506829e8b6a17607e56bcd6b1aabcef"},
    }});
    survives::<card::action::trigger::Event>(&json!({"toast": toast, "card": {"type": "raw", "data": card}}));
    survives::<card::action::trigger::Event>(&json!({"toast": toast, "card": template}));
    survives::<card::action::trigger_v1::Event>(&json!({"toast": toast, "elements": [{"tag": "div"}]}));
    survives::<event::url::preview::get::Event>(&json!({
        "inline": {
            "title": "Page", "i18n_title": {"zh_cn": "页面"}, "image_key": "img_v3_1",
            "url": {"copy_url": "https://example.com", "pc": "https://example.com/pc"},
        },
        "card": template,
    }));
}

#[test]
fn bodies_are_read_as_their_types() {
    let received: im::message::receive_v1::Event =
        example::<im::message::receive_v1::Event>().decode().expect("reads");
    assert_eq!(received.message.chat_type, im::message::receive_v1::ChatType::Group);
    let Received::Text(text) = received.content() else { panic!("a text") };
    assert_eq!(text.text, "@_user_1 hello");

    let pressed: card::action::trigger::Event =
        example::<card::action::trigger::Event>().decode().expect("reads");
    assert_eq!(pressed.action.value, Some(json!({"key": "value"})));
    let form = pressed.action.form_value.expect("a form");
    assert_eq!(form["field name1"], json!(["selectDemo1", "selectDemo2"]));

    let error = example::<im::message::recalled_v1::Event>().decode::<im::message::receive_v1::Event>();
    assert!(matches!(error, Err(DecodeError::OtherType { expected: "im.message.receive_v1", .. })));
}

#[test]
fn a_null_where_something_is_promised_counts_as_left_out() {
    let mut envelope = example::<im::message::receive_v1::Event>();
    envelope.event["sender"]["sender_id"]["user_id"] = Value::Null;
    envelope.event["sender"]["tenant_key"] = Value::Null;
    let received: im::message::receive_v1::Event = envelope.decode().expect("reads");
    assert_eq!(received.sender.tenant_key, "");
    assert_eq!(received.sender.sender_id.expect("a sender").user_id, None);

    envelope.event["message"]["content"] = json!({});
    let error = envelope.decode::<im::message::receive_v1::Event>();
    assert!(matches!(error, Err(DecodeError::BadBody { event_type: "im.message.receive_v1", .. })));
}

#[test]
fn a_packed_event_is_read_back() {
    let header = Header {
        event_id: "5e3702a84e847582be8db7fb73283c02".to_owned(),
        create_time: "1608725989000".to_owned(),
        token: "rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV".to_owned(),
        app_id: "cli_9f5343c580712544".into(),
        tenant_key: "2ca1d211f64f6438".to_owned(),
        ..Header::default()
    };
    let recalled = im::message::recalled_v1::Event {
        message_id: "om_1".into(),
        chat_id: "oc_1".into(),
        recall_time: Millis(1_615_380_573_411),
        ..Default::default()
    };
    let packed = Envelope::new(header.clone(), &recalled);
    let body = serde_json::to_string(&packed).expect("JSON");
    assert_eq!(
        body,
        concat!(
            r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","#,
            r#""event_type":"im.message.recalled_v1","create_time":"1608725989000","#,
            r#""token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","#,
            r#""tenant_key":"2ca1d211f64f6438"},"event":{"message_id":"om_1","chat_id":"oc_1","#,
            r#""recall_time":"1615380573411","recall_type":"message_owner"}}"#
        )
    );
    let read = envelope(body.as_bytes());
    assert_eq!(read, packed);
    assert_eq!(read.header.created(), Some(Millis(1_608_725_989_000)));
    assert_eq!(read.decode().ok(), Some(recalled));

    let ticket = event::app_ticket::Event {
        app_id: header.app_id.clone(),
        app_ticket: "t-1".to_owned(),
        ..Default::default()
    };
    let packed = Envelope::new(header, &ticket);
    let body = serde_json::to_string(&packed).expect("JSON");
    assert_eq!(
        body,
        concat!(
            r#"{"ts":"1608725989.000","uuid":"5e3702a84e847582be8db7fb73283c02","#,
            r#""token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","type":"event_callback","#,
            r#""event":{"app_id":"cli_9f5343c580712544","app_ticket":"t-1","type":"app_ticket"}}"#
        )
    );
    let read = envelope(body.as_bytes());
    assert_eq!(read.header.event_type, "app_ticket");
    assert_eq!(read.to_json(), packed.to_json());
}

#[test]
fn headers_of_every_form_say_the_same() {
    let header = example::<event::p2p_chat_create::Event>().header;
    assert_eq!(header.event_id, "bc447199585340d1f3728d26b1c0297a");
    assert_eq!(header.event_type, "p2p_chat_create");
    assert_eq!(header.create_time, "1502199207717");
    assert_eq!(header.token, "41a9425ea7df4536a7623e38fa321bae");
    assert_eq!(header.app_id.as_str(), "cli_9c8609450f78d102");
    assert_eq!(header.tenant_key, "736588c9260f175c");

    // A callback says it in µs.
    let header = example::<card::action::trigger::Event>().header;
    assert_eq!(header.create_time, "1603977298000000");
    assert_eq!(header.created(), Some(Millis(1_603_977_298_000)));

    // The token of the old card callback updates the card: it is not the app's.
    let header = example::<card::action::trigger_v1::Event>().header;
    assert_eq!((header.token.as_str(), header.tenant_key.as_str()), ("", "d32004232"));

    let header =
        envelope(br#"{"schema":"2.0","header":{"event_type":"x","create_time":1608725989000,"token":null}}"#)
            .header;
    assert_eq!((header.create_time.as_str(), header.token.as_str()), ("1608725989000", ""));
}

#[test]
fn an_event_of_an_unknown_type_is_kept() {
    let body = json!({
        "schema": "2.0",
        "header": {"event_id": "e1", "event_type": "im.hologram.shown_v9", "depth": 3},
        "event": {"hologram": {"colour": "blue", "size": null}},
        "trace": "t1",
    });
    let read = envelope(body.to_string().as_bytes());
    assert!(read.meta().is_none());
    assert_eq!(read.event, body["event"]);
    assert_eq!(read.to_json(), body);

    let body = json!({"uuid": "e1", "type": "event_callback", "ts": "12", "event": {"type": "leave_approval", "days": 2}});
    let read = envelope(body.to_string().as_bytes());
    assert_eq!(
        (read.header.event_type.as_str(), read.header.create_time.as_str()),
        ("leave_approval", "12000")
    );
    assert_eq!(read.to_json(), body);
}

#[test]
fn what_is_no_event_is_told_apart() {
    let challenge =
        Envelope::parse(br#"{"challenge":"ajls384kdjxxxx","token":"xxxxxx","type":"url_verification"}"#);
    let expected = Incoming::Challenge { challenge: "ajls384kdjxxxx".to_owned(), token: "xxxxxx".to_owned() };
    assert_eq!(challenge.ok(), Some(expected));

    let error = |body: &str| Envelope::parse(body.as_bytes()).expect_err("no event");
    assert!(matches!(error("{"), EnvelopeError::NotJson(_)));
    assert!(matches!(error(r#"{"encrypt":"AAEC"}"#), EnvelopeError::Encrypted));
    assert!(matches!(error(r#"{"schema":"3.0"}"#), EnvelopeError::UnknownSchema(_)));
    assert!(matches!(error(r#"{"schema":"2.0","event":{}}"#), EnvelopeError::BadHeader(_)));
    assert!(matches!(error(r#"{"schema":"2.0","header":{}}"#), EnvelopeError::NoType));
    assert!(matches!(error(r#"{"uuid":"1","event":{}}"#), EnvelopeError::NoType));
    assert!(matches!(error(r#"{"type":"event_callback"}"#), EnvelopeError::NoType));
    for body in
        ["[]", "null", "{}", r#"{"open_id":"ou_1"}"#, r#"{"action":{}}"#, r#"{"type":"url_verification"}"#]
    {
        assert!(matches!(error(body), EnvelopeError::Unrecognised), "{body}");
    }
}

/// What is read is written so that it is read again as the same.
fn stable(read: Result<Incoming, EnvelopeError>) {
    let Ok(Incoming::Event(read)) = read else { return };
    assert_eq!(Envelope::from_json(read.to_json()).ok(), Some(Incoming::Event(read.clone())));
    let body = serde_json::to_vec(&read).expect("JSON");
    assert_eq!(Envelope::parse(&body).ok(), Some(Incoming::Event(read.clone())));

    let entry = registry().into_iter().find(|entry| entry.meta.event_type == read.header.event_type);
    let written = entry.map(|entry| (entry.round_trip)(&read.event).map(|event| (entry, event)));
    if let Some(Ok((entry, event))) = written {
        assert_eq!((entry.round_trip)(&event).ok(), Some(event));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[0-9]{0,20}(\\.[0-9]{0,9})?".prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[a-z_]{1,10}", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Words that the forms of envelopes are told apart by.
fn any_word() -> impl Strategy<Value = Value> {
    prop::sample::select(vec!["", "1.0", "2.0", "event_callback", "url_verification", "app_ticket", "x"])
        .prop_map(Value::from)
}

/// One of the forms, with members added and replaced.
fn any_body() -> impl Strategy<Value = Value> {
    let forms = vec![
        json!({}),
        json!({"schema": "2.0", "header": {"event_type": "x"}, "event": {}}),
        json!({"uuid": "u", "type": "event_callback", "event": {"type": "x"}}),
        json!({"open_id": "o", "action": {}}),
    ];
    let keys = vec![
        "schema",
        "header",
        "event",
        "ts",
        "uuid",
        "token",
        "type",
        "challenge",
        "encrypt",
        "action",
        "open_id",
        "open_message_id",
        "tenant_key",
        "event_type",
        "app_id",
        "create_time",
    ];
    let key = prop::sample::select(keys);
    let members = prop::collection::vec((key.clone(), prop_oneof![any_json(), any_word()]), 0..6);
    let object = members.prop_map(|members| {
        members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>()
    });
    let added = prop::collection::vec((key, prop_oneof![any_json(), any_word(), object]), 0..4);
    (prop::sample::select(forms), added).prop_map(|(mut body, added)| {
        for (key, value) in added {
            body[key] = value;
        }
        body
    })
}

/// Puts `new` in the place that `path` leads to, or takes out what stands there.
fn mutate(value: &mut Value, path: &[prop::sample::Index], new: Option<&Value>) {
    let Some((step, rest)) = path.split_first() else { return };
    match value {
        Value::Object(object) if !object.is_empty() => {
            let key = object.keys().nth(step.index(object.len())).cloned().expect("within");
            if rest.is_empty() || !(object[&key].is_object() || object[&key].is_array()) {
                match new {
                    Some(new) => object.insert(key, new.clone()),
                    None => object.remove(&key),
                };
            } else {
                mutate(&mut object[&key], rest, new);
            }
        }
        Value::Array(values) if !values.is_empty() => {
            let index = step.index(values.len());
            mutate(&mut values[index], rest, new);
        }
        _ => {}
    }
}

fn any_example() -> impl Strategy<Value = &'static str> {
    prop::sample::select(event::events().map(|meta| meta.example).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
        stable(Envelope::parse(&bytes));
    }

    #[test]
    fn no_body_panics(body in any_body()) {
        stable(Envelope::from_json(body.clone()));
        stable(Envelope::parse(body.to_string().as_bytes()));
    }

    #[test]
    fn no_damaged_example_panics(
        example in any_example(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<Option<u8>>()), 1..4),
    ) {
        let mut bytes = example.as_bytes().to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            match byte {
                Some(byte) => bytes[at] = byte,
                None => bytes.truncate(at.max(1)),
            }
        }
        stable(Envelope::parse(&bytes));
    }

    #[test]
    fn no_changed_example_panics(
        example in any_example(),
        edits in prop::collection::vec(
            (prop::collection::vec(any::<prop::sample::Index>(), 1..5), prop::option::of(any_json())),
            1..4,
        ),
    ) {
        let mut body: Value = serde_json::from_str(example).expect("the example is JSON");
        for (path, new) in &edits {
            mutate(&mut body, path, new.as_ref());
        }
        stable(Envelope::from_json(body));
    }
}
