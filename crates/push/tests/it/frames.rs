//! Frames as bytes, and as the SDKs send them.

use base64::{Engine, prelude::BASE64_STANDARD};
use larkspur_push::{
    Ack, ClientConfig, Frame, Header, Method,
    frame::{FrameError, MAX_BYTES, MAX_HEADERS, header},
};
use proptest::{collection::vec, option, prelude::*};
use serde_json::Value;

use crate::vectors::{bytes, frame, headers, list, recorded, text};

const SERVICE: i32 = 33_554_678;
const SDKS: [&str; 4] = ["py", "node", "go", "java"];

/// The frame that the fields of a case describe.
fn described(fields: &Value) -> Frame {
    let optional = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
    let payload = optional("payload_base64").map(|text| BASE64_STANDARD.decode(text).expect("base64").into());
    if let (Some(payload), Some(text)) = (&payload, optional("payload_utf8")) {
        assert_eq!(payload, text.as_bytes());
    }
    Frame {
        seq_id: fields["SeqID"].as_u64().expect("a number"),
        log_id: fields["LogID"].as_u64().expect("a number"),
        service: fields["service"].as_i64().and_then(|service| service.try_into().ok()).expect("32 bits"),
        method: fields["method"].as_i64().and_then(|method| method.try_into().ok()).expect("32 bits"),
        headers: headers(&fields["headers"]),
        payload_encoding: optional("payload_encoding"),
        payload_type: optional("payload_type"),
        payload,
        log_id_new: optional("LogIDNew"),
    }
}

#[test]
fn every_vector_is_read_and_written() {
    for case in list("ws_frames", "frames") {
        let name = text(&case, "name");
        let wire = bytes(&case, "hex");
        let frame = described(&case["fields"]);
        assert_eq!(case["length"], wire.len(), "{name}");
        assert_eq!(Frame::decode(&wire).as_ref(), Ok(&frame), "{name}");
        assert_eq!(frame.encode(), wire, "{name}");
    }
}

#[test]
fn every_recorded_frame_is_read_and_written() {
    for sdk in SDKS {
        for (_, one) in recorded(sdk) {
            let wire = bytes(&one, "hex");
            let frame = Frame::decode(&wire).expect("a frame");
            assert_eq!(frame.seq_id, one["SeqID"].as_u64().expect("a number"), "{sdk}");
            assert_eq!(frame.log_id.to_string(), text(&one, "LogID"), "{sdk}");
            assert_eq!(i64::from(frame.service), one["service"], "{sdk}");
            assert_eq!(i64::from(frame.method), one["method"], "{sdk}");
            assert_eq!(frame.headers, headers(&one["headers"]), "{sdk}");
            assert_eq!(frame.payload.clone().unwrap_or_default(), text(&one, "payload_utf8"), "{sdk}");
            assert_eq!(frame.encode(), wire, "{sdk}");
        }
    }
}

#[test]
fn ping_and_pong_are_those_of_the_sdks() {
    let ping = Frame::ping(SERVICE);
    assert_eq!(ping, frame("ping_python_node"));
    assert_eq!((ping.method(), ping.header(header::TYPE)), (Some(Method::Control), Some("ping")));
    assert_eq!(Frame::pong(SERVICE, &ClientConfig::DEFAULT), frame("pong"));
    for sdk in ["py", "node", "go"] {
        let (after, one) = recorded(sdk).swap_remove(0);
        let sent = Frame::decode(&bytes(&one, "hex")).expect("a frame");
        assert_eq!((after, sent.header(header::TYPE)), (None, Some("ping")), "{sdk}");
        assert_eq!((sent.method(), sent.service), (Some(Method::Control), SERVICE), "{sdk}");
    }
}

#[test]
fn events_and_callbacks_are_of_one_kind() {
    for (name, number) in
        [("event_small", 1), ("event_message_receive", 2), ("card_action_trigger_as_event", 3)]
    {
        let expected = frame(name);
        let message_id = format!("9a1e0000-0000-4000-8000-{number:012}");
        let payload = expected.payload.clone().expect("a payload");
        let made = Frame::event(SERVICE, &message_id, "0f3c8d7e6b5a49382716051423324150", payload);
        let made = Frame { seq_id: number, log_id: expected.log_id, ..made };
        assert_eq!(made, expected, "{name}");
        assert_eq!(made.method(), Some(Method::Data));
    }
}

#[test]
fn an_ack_is_the_frame_again() {
    // Go writes empty texts.
    let go = frame("ack_ok_go_shape");
    let empty = Some(String::new());
    let ours = frame("event_small").ack(&Ack::ok(), 3);
    let ours =
        Frame { payload_encoding: empty.clone(), payload_type: empty.clone(), log_id_new: empty, ..ours };
    assert_eq!(ours, go);

    let toast = frame("ack_card_toast");
    let ours = frame("card_action_trigger_as_event")
        .ack(&Ack::answer(r#"{"toast":{"type":"success","content":"好的"}}"#), 12);
    assert_eq!(ours.headers, toast.headers);
    let read = |frame: &Frame| Ack::parse(&frame.payload.clone().unwrap_or_default()).expect("an ack");
    assert_eq!(read(&ours), read(&toast));
}

#[test]
fn recorded_acks_echo_what_was_received() {
    let mut seen = 0;
    for sdk in SDKS {
        for (after, one) in recorded(sdk) {
            let Some(after) = after else { continue };
            let (received, sent) = (frame(&after), Frame::decode(&bytes(&one, "hex")).expect("a frame"));
            let rest = sent.headers.strip_prefix(received.headers.as_slice()).expect("the headers again");
            // Python leaves it out if there is no handler.
            assert!(rest.iter().all(|header| header.key == header::BIZ_RT) && rest.len() <= 1, "{sdk}");
            assert_eq!((sent.seq_id, sent.service, sent.method), (received.seq_id, SERVICE, 1), "{sdk}");
            assert_eq!(sent.header(header::MESSAGE_ID), received.header(header::MESSAGE_ID), "{sdk}");
            seen += 1;
        }
    }
    assert_eq!(seen, 15);
}

#[test]
fn zeros_are_written() {
    assert_eq!(Frame::default().encode().as_ref(), [0x08, 0, 0x10, 0, 0x18, 0, 0x20, 0]);
    assert_eq!(Header::default(), Header::new("", ""));
    assert_eq!(Frame { method: 7, ..Frame::default() }.method(), None);
}

#[test]
fn what_is_too_large_is_refused() {
    assert_eq!(Frame::decode(&vec![0; MAX_BYTES + 1]), Err(FrameError::TooLarge { bytes: MAX_BYTES + 1 }));
    let many = Frame { headers: vec![Header::default(); MAX_HEADERS + 1], ..Frame::default() };
    assert_eq!(Frame::decode(&many.encode()), Err(FrameError::TooManyHeaders { count: MAX_HEADERS + 1 }));
    assert!(matches!(Frame::decode(b"{}"), Err(FrameError::Malformed(_))));
    let largest = Frame::event(SERVICE, &"m".repeat(100), "t", vec![0; larkspur_push::frame::MAX_PAYLOAD]);
    assert_eq!(Frame::decode(&largest.encode()), Ok(largest));
}

#[test]
fn fragments_are_never_empty_and_end_where_the_payload_does() {
    let event = Frame::event(SERVICE, "m", "t", "abcdefg");
    let cut = |max| -> Vec<_> {
        let place = |frame: &Frame| {
            let header = |key| frame.header(key).expect("a header").to_owned();
            let payload = frame.payload.clone().expect("a payload");
            (header(header::SEQ), header(header::SUM), String::from_utf8_lossy(&payload).into_owned())
        };
        event.split(max).iter().map(place).map(|(seq, sum, text)| format!("{seq}/{sum} {text}")).collect()
    };
    assert_eq!(cut(3), ["0/3 abc", "1/3 def", "2/3 g"]);
    assert_eq!(cut(7), ["0/1 abcdefg"]);
    assert_eq!(cut(usize::MAX), ["0/1 abcdefg"]);
    assert_eq!(cut(0).len(), 7);
    assert_eq!(Frame::event(SERVICE, "m", "t", "").split(3).len(), 1);
}

fn frames() -> impl Strategy<Value = Frame> {
    let header = (".{0,8}", ".{0,8}").prop_map(|(key, value)| Header::new(key, value));
    let texts = (option::of(".{0,4}"), option::of(".{0,4}"), option::of(".{0,4}"));
    let numbers = (any::<u64>(), any::<u64>(), any::<i32>(), any::<i32>());
    (numbers, vec(header, 0..8), texts, option::of(vec(any::<u8>(), 0..300))).prop_map(
        |((seq_id, log_id, service, method), headers, texts, payload)| Frame {
            seq_id,
            log_id,
            service,
            method,
            headers,
            payload_encoding: texts.0,
            payload_type: texts.1,
            payload: payload.map(Into::into),
            log_id_new: texts.2,
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_as_the_same(frame in frames()) {
        prop_assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in vec(any::<u8>(), 0..300), frame in frames(), at in any::<prop::sample::Index>(), byte: u8,
    ) {
        let mut damaged = frame.encode().to_vec();
        damaged[at.index(frame.encode().len())] = byte;
        for bytes in [bytes, damaged] {
            if let Ok(frame) = Frame::decode(&bytes) {
                prop_assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
            }
        }
    }
}
