//! Requests on the wire, and refusals of requests that are wrong.

use larkspur_api::{
    Endpoint,
    content::Content,
    im::v1::{chat, chat_members, image, message},
    oauth::v1::device_authorization,
    wire::{Arrived, ArrivedBody, Body, Wire, decode, encode},
};
use proptest::prelude::*;
use serde_json::json;

/// What the platform makes of a request that the client encoded.
fn arrive<E: Endpoint>(wire: &Wire, path: &[(&str, &str)]) -> Result<E, larkspur_api::Refusal> {
    let target = wire.target();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let path: Vec<_> = path.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let bytes = match &wire.body {
        Body::Json(value) => value.to_string(),
        _ => String::new(),
    };
    decode(&Arrived { path: &path, query, body: ArrivedBody::Json(bytes.as_bytes()) })
}

fn refused<E: Endpoint + std::fmt::Debug>(query: &str, body: &str) -> (i64, String, Vec<(String, String)>) {
    let refusal = decode::<E>(&Arrived { path: &[], query, body: ArrivedBody::Json(body.as_bytes()) })
        .expect_err("the request is refused");
    let violations =
        refusal.field_violations.iter().map(|one| (one.field.clone(), one.description.clone())).collect();
    (refusal.code.number, refusal.message(), violations)
}

#[test]
fn a_message_has_the_documented_form() {
    let mut request = message::create::Request::to_chat("oc_1", &Content::text("hi"));
    request.uuid = Some("one".to_owned());
    let wire = encode(request.clone()).expect("encodes");
    assert_eq!(wire.target(), "/open-apis/im/v1/messages?receive_id_type=chat_id");
    let body =
        json!({"receive_id": "oc_1", "msg_type": "text", "content": r#"{"text":"hi"}"#, "uuid": "one"});
    assert_eq!(wire.body, Body::Json(body));
    assert_eq!(arrive::<message::create::Request>(&wire, &[]), Ok(request));
}

#[test]
fn lists_in_the_query_repeat_the_key() {
    let request = message::mget::Request::new(vec!["om_1".into(), "om_2".into()]);
    let wire = encode(request.clone()).expect("encodes");
    assert_eq!(wire.target(), "/open-apis/im/v1/messages/mget?message_ids=om_1&message_ids=om_2");
    assert_eq!(wire.body, Body::None);
    assert_eq!(arrive::<message::mget::Request>(&wire, &[]), Ok(request));
}

#[test]
fn a_delete_may_carry_a_body() {
    let request = chat_members::delete::Request {
        id_list: Some(vec!["ou_1".into()]),
        ..chat_members::delete::Request::new("oc_1")
    };
    let wire = encode(request.clone()).expect("encodes");
    assert_eq!(wire.body, Body::Json(json!({"id_list": ["ou_1"]})));
    assert_eq!(arrive::<chat_members::delete::Request>(&wire, &[("chat_id", "oc_1")]), Ok(request));
}

#[test]
fn an_upload_sends_fields_and_file_apart() {
    let wire = encode(image::create::Request::new(image::create::ImageType::Message, vec![1, 2, 3]))
        .expect("encodes");
    let Body::Multipart { texts, files } = wire.body else { panic!("multipart") };
    assert_eq!(texts, [("image_type".to_owned(), "message".to_owned())]);
    assert_eq!(files.first().map(|(name, _)| name.as_str()), Some("image"));
}

#[test]
fn oauth_endpoints_are_sent_forms() {
    let wire = encode(device_authorization::Request {
        scope: Some("im:message offline_access".to_owned()),
        ..device_authorization::Request::new("cli_a1b2c3d4e5f60718")
    });
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        wire.expect("encodes").body,
        Body::Form(vec![
            pair("client_id", "cli_a1b2c3d4e5f60718"),
            pair("scope", "im:message offline_access")
        ])
    );
}

#[test]
fn what_is_missing_is_named_with_99992402() {
    let (code, msg, violations) = refused::<message::create::Request>("", "{}");
    assert_eq!((code, msg.as_str()), (99_992_402, "field validation failed"));
    let fields: Vec<_> = violations.iter().map(|(field, what)| format!("{field}: {what}")).collect();
    assert_eq!(
        fields,
        [
            "receive_id_type: receive_id_type is required",
            "receive_id: receive_id is required",
            "msg_type: msg_type is required",
            "content: content is required"
        ]
    );
}

#[test]
fn each_kind_of_mistake_has_its_refusal() {
    let body = |extra: &str| format!(r#"{{"receive_id":"oc_1","content":"{{}}","msg_type":"text"{extra}}}"#);
    let one = |query: &str, body: &str| {
        let (code, msg, violations) = refused::<message::create::Request>(query, body);
        let what = violations.first().map(|(field, what)| format!("{field}: {what}")).unwrap_or_default();
        (code, msg, what)
    };
    let ok = "receive_id_type=chat_id";
    let options = "receive_id_type: options: [open_id,union_id,user_id,email,chat_id]";
    assert_eq!(one("receive_id_type=phone", &body("")).2, options);
    assert_eq!(one(ok, &body(&format!(r#","uuid":"{}""#, "x".repeat(51)))).2, "uuid: the max len is 50");
    // Fields whose values the message service checks itself are refused in its own words.
    let unknown = one(ok, r#"{"receive_id":"oc_1","content":"{}","msg_type":"video"}"#);
    assert_eq!(
        (unknown.0, unknown.1.as_str()),
        (230_001, "Your request contains an invalid request parameter, ext=invalid msg_type")
    );
    // A wrong JSON type is no field violation but a bad request.
    assert_eq!(one(ok, r#"{"receive_id":"oc_1","content":{"text":"hi"},"msg_type":"text"}"#).0, 9499);
    assert_eq!(one(ok, "receive_id=oc_1").0, 9499);
    assert_eq!(one(ok, "[]").0, 9499);

    let (code, _, violations) =
        refused::<message::list::Request>("container_id_type=chat&container_id=oc_1&page_size=51", "");
    assert_eq!((code, violations[0].1.as_str()), (99_992_402, "the max value is 50"));
    let (_, _, violations) =
        refused::<message::list::Request>("container_id_type=chat&container_id=oc_1&page_size=x", "");
    assert_eq!(violations[0].1, "page_size is invalid");

    let (code, _, violations) = refused::<chat::create::Request>(
        "",
        r#"{"restricted_mode_setting":{"download_has_permission_setting":"all"}}"#,
    );
    assert_eq!(code, 99_992_402);
    assert_eq!(violations[0].0, "restricted_mode_setting.download_has_permission_setting");
    let many: Vec<_> = (0..51).map(|n| format!("ou_{n}")).collect();
    let (_, _, violations) = refused::<chat::create::Request>("", &json!({"user_id_list": many}).to_string());
    assert_eq!(violations[0], ("user_id_list".to_owned(), "the max len is 50".to_owned()));
}

#[test]
fn multipart_fields_are_refused_by_the_service() {
    let none = ArrivedBody::Multipart { texts: &[], files: &[] };
    let refusal =
        decode::<image::create::Request>(&Arrived { path: &[], query: "", body: none }).expect_err("refused");
    assert_eq!((refusal.code.number, refusal.message().as_str()), (234_001, "Invalid request param."));
    let texts = [("image_type".to_owned(), "photo".to_owned())];
    let files = ["image".to_owned()];
    let body = ArrivedBody::Multipart { texts: &texts, files: &files };
    let refusal =
        decode::<image::create::Request>(&Arrived { path: &[], query: "", body }).expect_err("refused");
    assert_eq!(refusal.field_violations[0].description, "options: [message,avatar]");
}

#[test]
fn what_no_page_knows_is_tolerated() {
    let body = br#"{"receive_id":"oc_1","content":"{}","msg_type":"text","shiny":true,"uuid":null}"#;
    let arrived =
        Arrived { path: &[], query: "receive_id_type=chat_id&also=this&", body: ArrivedBody::Json(body) };
    assert!(decode::<message::create::Request>(&arrived).is_ok());
}

proptest! {
    #[test]
    fn any_id_survives_the_path(id in "[^\u{0}]{1,60}") {
        let wire = encode(message::get::Request::new(id.as_str())).expect("encodes");
        let segment = wire.path.rsplit('/').next().expect("a segment");
        prop_assert!(!wire.target().contains('?') && !wire.target().contains('#'));
        let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().expect("utf-8");
        prop_assert_eq!(decoded.as_ref(), id.as_str());
    }

    #[test]
    fn no_request_panics(query in ".{0,80}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<message::create::Request>(&Arrived { path: &[], query: &query, body: ArrivedBody::Json(&body) });
        let _ = decode::<chat::create::Request>(&Arrived { path: &[], query: &query, body: ArrivedBody::Json(&body) });
    }
}

#[test]
fn truth_is_read_as_python_writes_it_too() {
    use larkspur_api::{endpoint::Kind, wire::typed};
    for (text, value) in
        [("true", json!(true)), ("True", json!(true)), ("False", json!(false)), ("yes", json!("yes"))]
    {
        assert_eq!(typed(&Kind::Bool, text), value);
    }
}
