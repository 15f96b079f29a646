//! Discovery, and what a client is told about staying connected.

use larkspur_push::{ClientConfig, discovery::*};
use proptest::prelude::*;
use serde_json::{Value, from_str, json};

use crate::vectors::{list, text};

const URL: &str = "ws://127.0.0.1:9/ws/v2?device_id=7300000000000000001&service_id=33554678&ticket=tk";

#[test]
fn all_four_numbers_are_written() {
    assert_eq!(
        json!(ClientConfig::default()).to_string(),
        r#"{"ReconnectCount":-1,"ReconnectInterval":120,"ReconnectNonce":30,"PingInterval":120}"#
    );
}

#[test]
fn numbers_that_make_no_sense_are_the_defaults() {
    let read = |text: &str| from_str::<ClientConfig>(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    for text in [
        "{}",
        r#"{"PingInterval":0}"#,
        r#"{"PingInterval":-5,"ReconnectInterval":-1,"ReconnectNonce":null}"#,
        r#"{"PingInterval":"30","ReconnectCount":[],"ReconnectNonce":4294967296,"More":1}"#,
    ] {
        assert_eq!(read(text), ClientConfig::DEFAULT, "{text}");
    }
    assert_eq!(
        read(r#"{"ReconnectCount":3,"ReconnectInterval":0,"ReconnectNonce":0,"PingInterval":1}"#),
        ClientConfig { reconnect_count: 3, reconnect_interval: 0, reconnect_nonce: 0, ping_interval: 1 }
    );
    assert!(from_str::<ClientConfig>("").is_err(), "an empty pong says nothing");
}

#[test]
fn the_recorded_requests_are_read() {
    for sdk in ["py", "node", "go", "java"] {
        let observations = list("ws_captured", &format!("observations/{sdk}"));
        let sent = observations.iter().find(|one| one["kind"] == "endpoint_request").expect("a request");
        assert_eq!(text(sent, "path"), PATH, "{sdk}");
        let request: Request = from_str(text(sent, "body")).expect("a request");
        let expected = Request {
            app_id: "cli_a1b2c3d4e5f60718".to_owned(),
            app_secret: "s".to_owned(),
            client_assertion: None,
        };
        assert_eq!(request, expected, "{sdk}");
        assert_eq!(json!(request), from_str::<Value>(text(sent, "body")).expect("JSON"), "{sdk}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let request: Request =
        from_str(r#"{"AppID":"cli_1","AppSecret":"","ClientAssertion":"hush"}"#).expect("a request");
    assert_eq!(request.client_assertion.as_deref(), Some("hush"));
    assert_eq!(format!("{request:?}"), r#"Request { app_id: "cli_1", .. }"#);
}

#[test]
fn a_connection_is_an_address_and_four_numbers() {
    let granted = Response::granted(URL.to_owned(), ClientConfig::DEFAULT);
    let wire = json!({"code": 0, "msg": "", "data": {"URL": URL, "ClientConfig": {
        "ReconnectCount": -1, "ReconnectInterval": 120, "ReconnectNonce": 30, "PingInterval": 120,
    }}});
    assert_eq!(json!(granted).to_string(), wire.to_string());
    assert_eq!(from_str::<Response>(&wire.to_string()).expect("a response"), granted);
    let bare = json!({"code": 0, "data": {"URL": URL, "ClientConfig": null}});
    assert_eq!(from_str::<Response>(&bare.to_string()).expect("a response"), granted);
}

#[test]
fn a_refusal_has_an_empty_object() {
    let refused = Response::refused(TOO_MANY_CONNECTIONS, "too many");
    assert_eq!(json!(refused).to_string(), r#"{"code":1000040350,"msg":"too many","data":{}}"#);
    for data in [r#","data":{}"#, r#","data":null"#, r#","data":"none""#, r#","data":{"URL":null}"#, ""] {
        let wire = format!(r#"{{"code":1000040350,"msg":"too many"{data}}}"#);
        assert_eq!(from_str::<Response>(&wire).expect("a response"), refused, "{data}");
    }
}

#[test]
fn some_refusals_are_for_good() {
    let for_good = [BAD_CREDENTIAL, TOO_MANY_CONNECTIONS, WRONG_DOMAIN, 10003, 10014, -1];
    assert!(for_good.into_iter().all(is_terminal));
    assert!(![0, SYSTEM_BUSY, INTERNAL_ERROR].into_iter().any(is_terminal));

    assert!(is_terminal_handshake(FORBIDDEN, None));
    assert!(is_terminal_handshake(AUTHENTICATION_FAILED, Some(TOO_MANY_CONNECTIONS)));
    assert!(!is_terminal_handshake(AUTHENTICATION_FAILED, Some(BAD_CREDENTIAL)));
    assert!(!is_terminal_handshake(AUTHENTICATION_FAILED, None));
    assert!(!is_terminal_handshake(500, Some(TOO_MANY_CONNECTIONS)));
}

proptest! {
    #[test]
    fn what_is_written_reads_as_the_same(
        reconnect_count: i32, reconnect_interval: u32, reconnect_nonce: u32, ping_interval in 1..=u32::MAX,
    ) {
        let config = ClientConfig { reconnect_count, reconnect_interval, reconnect_nonce, ping_interval };
        prop_assert_eq!(from_str::<ClientConfig>(&json!(config).to_string()).expect("a config"), config);
    }
}
