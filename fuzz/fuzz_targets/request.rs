//! Requests of every endpoint: query and body.

#![no_main]

use larkspur_api::{
    endpoint::registry,
    wire::{self, Arrived, ArrivedBody},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str, &[u8])| {
    let (choice, query, body) = input;
    let endpoints = registry();
    let meta = endpoints[usize::from(choice) % endpoints.len()].meta;
    let path: Vec<_> = meta
        .path
        .split('/')
        .filter_map(|segment| Some((segment.strip_prefix(':')?.to_owned(), "x".to_owned())))
        .collect();
    let _ = wire::decode_fields(meta, &Arrived { path: &path, query, body: ArrivedBody::Json(body) });
});
