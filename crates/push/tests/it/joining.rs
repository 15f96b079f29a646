//! Events in fragments, whole and broken.

use bytes::Bytes;
use larkspur_push::{
    Frame, Header, Joined, Joiner,
    frame::header,
    join::{JoinError, KEEP_MS, MAX_BYTES, MAX_FRAGMENTS, MAX_OPEN},
};
use proptest::{collection::vec, prelude::*};

use crate::vectors::{bytes, frame, recorded};

/// A fragment with headers that may make no sense.
fn fragment(message_id: &str, sum: &str, seq: &str, payload: impl Into<Bytes>) -> Frame {
    let mut frame = Frame::event(1, message_id, "t", payload);
    frame.headers[2].value = sum.to_owned();
    frame.headers[3].value = seq.to_owned();
    frame
}

fn payload(taken: Result<Option<Joined>, JoinError>) -> Option<Bytes> {
    taken.expect("taken").map(|joined| joined.payload)
}

#[test]
fn one_frame_is_an_event() {
    let mut joiner = Joiner::default();
    let event = frame("event_small");
    let joined = joiner.take(event.clone(), 0).expect("taken").expect("complete");
    assert_eq!(joined, Joined { payload: event.payload.clone().expect("a payload"), last: event });
    // The SDKs look at the rest only if there are more.
    let bare = Frame { headers: Vec::new(), ..Frame::event(1, "m", "t", "x") };
    assert_eq!(payload(joiner.take(bare, 0)).as_deref(), Some(b"x".as_slice()));
    assert_eq!(payload(joiner.take(Frame::ping(1), 0)).as_deref(), Some(b"".as_slice()));
    assert_eq!((joiner.open(), joiner.bytes()), (0, 0));
}

#[test]
fn the_fragments_of_the_vectors_join_in_any_order() {
    let expected = frame("event_message_receive").payload;
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut joiner = Joiner::default();
        let mut names = order.map(|n| format!("event_fragment_{n}_of_3")).to_vec();
        // One that came twice does no harm.
        names.insert(1, names[0].clone());
        let last = frame(names.last().expect("the last"));
        let mut joined: Vec<_> =
            names.iter().map(|name| joiner.take(frame(name), 0).expect("taken")).collect();
        assert_eq!(joined.pop().flatten(), Some(Joined { payload: expected.clone().expect("JSON"), last }));
        assert!(joined.iter().all(Option::is_none), "{order:?}");
        assert_eq!((joiner.open(), joiner.bytes()), (0, 0));
    }
}

#[test]
fn it_answers_the_fragment_that_the_sdks_answer() {
    // They were sent the fragments 2, 0 and 1.
    let mut joiner = Joiner::default();
    let joined =
        [2, 0, 1].map(|n| joiner.take(frame(&format!("event_fragment_{n}_of_3")), 0).expect("taken"));
    let [None, None, Some(joined)] = joined else { panic!("{joined:?}") };
    let ours = joined.last.ack(&larkspur_push::Ack::ok(), 0);
    for sdk in ["py", "node"] {
        let sent = recorded(sdk).pop().expect("an ack").1;
        assert_eq!(ours.headers, Frame::decode(&bytes(&sent, "hex")).expect("a frame").headers, "{sdk}");
    }
}

#[test]
fn events_may_be_mixed() {
    let mut joiner = Joiner::default();
    assert_eq!(payload(joiner.take(fragment("a", "2", "0", "1"), 0)), None);
    assert_eq!(payload(joiner.take(fragment("b", "2", "1", "4"), 0)), None);
    assert_eq!((joiner.open(), joiner.bytes()), (2, 4));
    assert_eq!(payload(joiner.take(fragment("a", "2", "1", "2"), 0)).as_deref(), Some(b"12".as_slice()));
    assert_eq!(payload(joiner.take(fragment("b", "2", "0", "3"), 0)).as_deref(), Some(b"34".as_slice()));
    // Cut into three, the two pieces of before do not count.
    for (sum, seq) in [("2", "0"), ("3", "0"), ("3", "1")] {
        assert_eq!(payload(joiner.take(fragment("c", sum, seq, seq.to_owned()), 0)), None);
    }
    assert_eq!(payload(joiner.take(fragment("c", "3", "2", "2"), 0)).as_deref(), Some(b"012".as_slice()));
}

#[test]
fn fragments_are_kept_for_a_time_that_each_renews() {
    let mut joiner = Joiner::default();
    for (seq, now_ms) in [("0", 0), ("1", KEEP_MS), ("1", 2 * KEEP_MS)] {
        assert_eq!(payload(joiner.take(fragment("a", "3", seq, "x"), now_ms)), None);
    }
    assert_eq!(payload(joiner.take(fragment("b", "2", "0", "x"), 3 * KEEP_MS)), None);
    assert_eq!(joiner.open(), 2);
    assert_eq!(payload(joiner.take(fragment("a", "3", "2", "x"), 3 * KEEP_MS + 1)), None, "too late");
    joiner.sweep(4 * KEEP_MS + 1);
    assert_eq!(joiner.open(), 1);
    joiner.sweep(i64::MAX);
    assert_eq!((joiner.open(), joiner.bytes()), (0, 0));
}

#[test]
fn headers_have_to_make_sense() {
    let mut joiner = Joiner::default();
    let over = (MAX_FRAGMENTS + 1).to_string();
    for sum in ["", "0", "-1", "two", "99999999999999999999", &over] {
        let taken = joiner.take(fragment("a", sum, "0", "x"), 0);
        assert_eq!(taken, Err(JoinError::Header(header::SUM)), "{sum}");
    }
    for seq in ["", "-1", "2", "one"] {
        let taken = joiner.take(fragment("a", "2", seq, "x"), 0);
        assert_eq!(taken, Err(JoinError::Header(header::SEQ)), "{seq}");
    }
    let nameless =
        Frame { headers: vec![Header::new("sum", "2"), Header::new("seq", "0")], ..Frame::default() };
    assert_eq!(joiner.take(nameless, 0), Err(JoinError::Header(header::MESSAGE_ID)));
    assert_eq!(joiner.open(), 0);
}

#[test]
fn what_is_kept_is_bounded() {
    let mut joiner = Joiner::default();
    for n in 0..MAX_OPEN {
        assert_eq!(payload(joiner.take(fragment(&n.to_string(), "2", "0", "x"), 0)), None);
    }
    assert_eq!(joiner.take(fragment("more", "2", "0", "x"), 0), Err(JoinError::TooManyOpen));
    assert!(payload(joiner.take(fragment("7", "2", "1", "x"), 0)).is_some(), "those that are open go on");
    assert_eq!(payload(joiner.take(fragment("more", "2", "0", "x"), 0)), None);

    let mut joiner = Joiner::default();
    let large = Bytes::from(vec![0; MAX_BYTES / 4]);
    for n in ["0", "1", "2"] {
        assert_eq!(payload(joiner.take(fragment("", "9", n, large.clone()), 0)), None);
        assert_eq!(payload(joiner.take(fragment("", "9", n, large.clone()), 0)), None, "counted once");
    }
    assert_eq!(payload(joiner.take(fragment("", "9", "3", large), 0)), None);
    assert_eq!(joiner.bytes(), MAX_BYTES);
    assert_eq!(joiner.take(fragment("", "9", "4", "x"), 0), Err(JoinError::TooLarge));
    assert_eq!((joiner.open(), joiner.bytes()), (0, 0), "what came of it is dropped");
}

/// Mostly small, so that there are many, and some large, so that there is much.
fn sizes() -> impl Strategy<Value = usize> {
    prop_oneof![9 => 0..100_usize, 1 => 0..MAX_BYTES / 4]
}

proptest! {
    #[test]
    fn what_was_split_joins(
        body in vec(any::<u8>(), 0..400), pieces in 1..=MAX_FRAGMENTS, order in any::<u64>(), again in any::<bool>(),
    ) {
        let event = Frame::event(1, "m", "t", body.clone());
        let mut fragments = event.split(body.len().div_ceil(pieces));
        prop_assert!(fragments.len() <= pieces.max(1));
        prop_assert!(body.is_empty() || fragments.iter().all(|one| one.payload.as_ref().is_some_and(|part| !part.is_empty())));
        // A shuffle that the seed repeats.
        fragments.sort_by_cached_key(|one| {
            let seq: u64 = one.header(header::SEQ).and_then(|seq| seq.parse().ok()).expect("a number");
            (seq + 1).wrapping_mul(order | 1).rotate_left(17)
        });
        let last = fragments.pop().expect("at least one");
        let mut joiner = Joiner::default();
        for _ in 0..=usize::from(again) {
            for fragment in &fragments {
                prop_assert_eq!(joiner.take(fragment.clone(), 0), Ok(None));
            }
        }
        prop_assert_eq!(joiner.take(last.clone(), 0), Ok(Some(Joined { payload: body.into(), last })));
        prop_assert_eq!((joiner.open(), joiner.bytes()), (0, 0));
    }

    #[test]
    fn garbage_stays_within_the_bounds(
        all in vec((0..200_u32, 0..70_usize, 0..70_usize, sizes(), 0..100_i64), 1..300),
    ) {
        let zeros = Bytes::from(vec![0; MAX_BYTES / 4]);
        let mut joiner = Joiner::default();
        let mut now_ms = 0;
        for (id, sum, seq, size, passed_ms) in all {
            now_ms += passed_ms;
            let frame = fragment(&id.to_string(), &sum.to_string(), &seq.to_string(), zeros.slice(..size));
            if let Ok(Some(joined)) = joiner.take(frame, now_ms) {
                prop_assert!(joined.payload.len() <= MAX_BYTES);
            }
            prop_assert!(joiner.open() <= MAX_OPEN);
            prop_assert!(joiner.bytes() <= MAX_BYTES);
        }
    }
}
