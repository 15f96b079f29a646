//! JSON as JavaScript writes it, compared with what Node wrote.

use larkspur_push::javascript::stringify;
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, from_str, json};

use crate::vectors::{list, text};

#[test]
fn it_is_what_node_writes() {
    for case in list("javascript", "cases") {
        let body = text(&case, "body");
        assert_eq!(stringify(&from_str(body).expect("JSON")), text(&case, "stringified"), "{body}");
    }
}

#[test]
fn what_node_accepts_is_what_it_would_write() {
    for file in ["event_signature", "card_signature_sha1"] {
        for case in list(file, "cases") {
            let body = text(&case, "body");
            let same = stringify(&from_str(body).expect("JSON")) == body;
            assert_eq!(case["node_sdk_accepts"], same, "{}", case["name"]);
        }
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 30, 6, |inner| {
        let fields = vec((prop_oneof!["[0-9]{1,3}", ".{0,4}"], inner.clone()), 0..6);
        prop_oneof![
            vec(inner, 0..6).prop_map(Value::from),
            fields.prop_map(|fields| fields.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn written_twice_it_is_the_same(value in values()) {
        let once = stringify(&value);
        prop_assert_eq!(stringify(&from_str(&once).expect("JSON")), once);
    }

    #[test]
    fn a_number_keeps_its_value(number: f64) {
        let written = stringify(&json!([number]));
        let read: [f64; 1] = from_str(&written).expect("a number");
        // JavaScript drops the sign of -0, which equals 0.
        prop_assert_eq!(read, [number]);
    }
}
