//! Ids as people write them, and tokens of pages as they come back.

#![no_main]

use larkspur_api::id::{AppId, ChatId, FileKey, ImageKey, MessageId, OpenId, ThreadId, UnionId};
use larkspur_domain::page;
use libfuzzer_sys::fuzz_target;

fn read<T: std::str::FromStr + std::fmt::Display>(text: &str, prefix: &str) {
    if let Ok(id) = text.parse::<T>() {
        assert!(text.starts_with(prefix));
        assert_eq!(id.to_string(), text);
    }
}

fuzz_target!(|text: &str| {
    read::<AppId>(text, AppId::PREFIX);
    read::<ChatId>(text, ChatId::PREFIX);
    read::<FileKey>(text, FileKey::PREFIX);
    read::<ImageKey>(text, ImageKey::PREFIX);
    read::<MessageId>(text, MessageId::PREFIX);
    read::<OpenId>(text, OpenId::PREFIX);
    read::<ThreadId>(text, ThreadId::PREFIX);
    read::<UnionId>(text, UnionId::PREFIX);
    if let Ok(place) = page::place("identity", text) {
        assert_eq!(page::place("identity", &page::token("identity", place)).ok(), Some(place));
    }
});
