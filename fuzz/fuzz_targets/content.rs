//! Content of messages, as it is sent and as it is read back.

#![no_main]

use larkspur_api::{
    content::{Content, Received},
    im::v1::message::MsgType,
};
use larkspur_domain::content::{card, markdown, text};
use libfuzzer_sys::fuzz_target;

const TYPES: [&str; 12] = [
    "text",
    "post",
    "image",
    "file",
    "audio",
    "media",
    "sticker",
    "interactive",
    "share_chat",
    "share_user",
    "system",
    "vote",
];

fuzz_target!(|input: (u8, &str)| {
    let (choice, content) = input;
    let msg_type = MsgType::from(TYPES[usize::from(choice) % TYPES.len()]);
    if let Ok(parsed) = Content::parse(&msg_type, content) {
        // What was read is written so that it reads as the same.
        let again = Content::parse(&msg_type, &parsed.to_wire()).expect("its own writing");
        assert_eq!(again, parsed);
        if let Content::Interactive(one) = &parsed {
            let _ = card::check(one);
            let _ = one.references();
        }
    }
    let received = Received::parse(&msg_type, content);
    assert_eq!(Received::parse(&msg_type, &received.to_wire()), received);
    let _ = card::received(content);
    let _ = markdown::nodes(content);
    let _ = markdown::image_keys(content);
    let _ = text::without_styles(content);
});
