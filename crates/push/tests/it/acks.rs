//! Answers in the shapes that clients send.

use larkspur_push::{Ack, Frame};
use proptest::{collection::vec, option, prelude::*};
use serde_json::json;

use crate::vectors::{bytes, recorded};

fn parse(payload: &str) -> Ack {
    Ack::parse(payload.as_bytes()).unwrap_or_else(|error| panic!("{payload}: {error}"))
}

#[test]
fn an_ack_has_all_three_fields() {
    assert_eq!(json!(Ack::ok()).to_string(), r#"{"code":200,"headers":null,"data":null}"#);
    assert_eq!(json!(Ack::no_handler()).to_string(), r#"{"code":500,"headers":null,"data":null}"#);
    assert_eq!(json!(Ack::answer("{}")).to_string(), r#"{"code":200,"headers":null,"data":"e30="}"#);
}

#[test]
fn acks_are_read_in_every_shape() {
    for payload in [
        r#"{"code":200}"#,
        r#"{"code": 200}"#,
        r#"{"code":200,"headers":null,"data":null}"#,
        r#"{"data":null,"code":200,"biz":{"more":[1]}}"#,
    ] {
        assert_eq!(parse(payload), Ack::ok(), "{payload}");
    }
    for payload in [
        r#"{"code":200,"data":"e30="}"#,
        r#"{"code":200,"headers":null,"data":"e30"}"#,
        r#"{"code":200,"data":[123, 125]}"#,
    ] {
        assert_eq!(parse(payload), Ack::answer("{}"), "{payload}");
    }
    assert_eq!(
        parse(r#"{"code":200,"headers":{},"data":[]}"#),
        Ack { headers: json!({}), ..Ack::answer("") }
    );
    assert_eq!(parse(r#"{"code":500,"data":""}"#).data, Some(Vec::new()));
    assert!(!parse(r#"{"code":500}"#).is_ok());
}

#[test]
fn what_says_nothing_is_no_ack() {
    for payload in [
        "",
        "{}",
        "null",
        "[]",
        r#"{"code":"200"}"#,
        r#"{"code":200,"data":{}}"#,
        r#"{"code":200,"data":[256]}"#,
        r#"{"code":200,"data":[-1]}"#,
        r#"{"code":200,"data":"e30*"}"#,
        r#"{"code":200}}"#,
    ] {
        assert!(Ack::parse(payload.as_bytes()).is_err(), "{payload}");
    }
}

#[test]
fn recorded_acks_say_what_the_sdks_meant() {
    let said = |sdk: &str| -> Vec<String> {
        let acks = recorded(sdk).into_iter().filter_map(|(after, one)| after.map(|_| one));
        acks.map(|one| {
            let frame = Frame::decode(&bytes(&one, "hex")).expect("a frame");
            let ack = Ack::parse(&frame.payload.unwrap_or_default()).expect("an ack");
            let data = ack.data.map(|data| String::from_utf8(data).expect("text"));
            format!("{} {}", ack.code, data.unwrap_or_default()).trim_end().to_owned()
        })
        .collect()
    };
    let spaced = r#"200 {"toast": {"type": "success", "content": "好的"}}"#;
    let compact = r#"200 {"toast":{"type":"success","content":"好的"}}"#;
    assert_eq!(said("py"), ["500", "200", spaced, "200"]);
    assert_eq!(said("node"), [r#"200 "no im.message.message_read_v1 event handle""#, "200", compact, "200"]);
    assert_eq!(said("go"), ["500", "200", "500", "200"]);
    assert_eq!(said("java"), ["500", "200", "500"]);
}

proptest! {
    #[test]
    fn what_is_written_reads_as_the_same(code: i64, data in option::of(vec(any::<u8>(), 0..100))) {
        let ack = Ack { code, data, ..Ack::default() };
        prop_assert_eq!(parse(&json!(ack).to_string()), ack);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..100)) {
        let _ = Ack::parse(&bytes);
    }
}
