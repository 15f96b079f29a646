//! Answering with bytes, whole or a range of them.

use std::{fmt::Write, ops::Range};

use axum::{body::Body, response::Response};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE},
};
use larkspur_api::{code::resource, im::v1::file::MAX_DOWNLOAD_BYTES};
use larkspur_domain::{Failure, resource::Download};

use crate::state::State;

/// The bytes of a download, as they come from the disk.
pub(crate) async fn respond(
    state: &State,
    found: Download,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    if found.size > MAX_DOWNLOAD_BYTES {
        return Err(resource::DOWNLOAD_TOO_LARGE.into());
    }
    let wanted = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let range = match wanted.map(|wanted| parse_range(wanted, found.size)) {
        None | Some(Wanted::Whole) => None,
        Some(Wanted::Part(range)) => Some(range),
        Some(Wanted::Beyond) => return Ok(beyond(found.size)),
    };
    let stream = state.blobs.stream(&found.key, range.clone()).await?;
    let mut response = Response::new(Body::from_stream(stream));
    let length = range.as_ref().map_or(found.size, |range| range.end - range.start);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, length.into());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(value) = HeaderValue::from_str(&found.media_type) {
        headers.insert(CONTENT_TYPE, value);
    }
    if let Ok(value) = HeaderValue::from_str(&disposition(&found.file_name)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    if let Some(range) = range {
        let value = format!("bytes {}-{}/{}", range.start, range.end - 1, found.size);
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(CONTENT_RANGE, value);
        }
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn beyond(size: u64) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
    if let Ok(value) = HeaderValue::from_str(&format!("bytes */{size}")) {
        response.headers_mut().insert(CONTENT_RANGE, value);
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// Everything: no range, or one that is not understood.
    Whole,
    Part(Range<u64>),
    /// Nothing that is there.
    Beyond,
}

/// One range of bytes, as RFC 9110 has it. Several are answered with everything, which is allowed.
fn parse_range(header: &str, size: u64) -> Wanted {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Whole;
    };
    let range = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..size.min(last.saturating_add(1)),
        (Ok(first), Err(_)) if last.trim().is_empty() => first..size,
        (Err(_), Ok(last)) if first.trim().is_empty() => size.saturating_sub(last)..size,
        _ => return Wanted::Whole,
    };
    if range.start >= size || range.is_empty() { Wanted::Beyond } else { Wanted::Part(range) }
}

/// `attachment` with the name: plain where it can be, and in UTF-8 where it has to be.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\') || c == ' ' { c } else { '_' })
        .collect();
    if plain == name {
        return format!("attachment; filename=\"{plain}\"");
    }
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_rfc() {
        assert_eq!(parse_range("bytes=0-131071", 10), Wanted::Part(0..10));
        assert_eq!(parse_range("bytes=2-4", 10), Wanted::Part(2..5));
        assert_eq!(parse_range("bytes=8-", 10), Wanted::Part(8..10));
        assert_eq!(parse_range("bytes=-3", 10), Wanted::Part(7..10));
        assert_eq!(parse_range("bytes=10-", 10), Wanted::Beyond);
        assert_eq!(parse_range("bytes=4-2", 10), Wanted::Whole);
        assert_eq!(parse_range("bytes=0-1,3-4", 10), Wanted::Whole);
        assert_eq!(parse_range("lines=0-1", 10), Wanted::Whole);
    }

    #[test]
    fn names_survive_in_headers() {
        assert_eq!(disposition("a b.txt"), "attachment; filename=\"a b.txt\"");
        assert_eq!(
            disposition("测试\".mp4"),
            "attachment; filename=\"___.mp4\"; filename*=UTF-8''%E6%B5%8B%E8%AF%95%22.mp4"
        );
    }
}
