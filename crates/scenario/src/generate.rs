//! Files that are made for a request, so that scenarios are text alone.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use larkspur_api::wire::{FileContent, FilePart};
use serde_json::Value;

/// A file as it is described: `{$png: [3, 2]}`, `{$gif: [3, 2]}`, `{$bytes: 100, head: "%PDF"}`, `{$base64: …}`,
/// each with a `name` if it matters, and a `size` to be filled up to.
pub(crate) fn file(described: &Value) -> Result<FilePart, String> {
    let number =
        |name: &str| described.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let mut bytes = if let Some(size) = described.get("$png") {
        let (width, height) = dimensions(size)?;
        png(width, height)
    } else if let Some(size) = described.get("$gif") {
        let (width, height) = dimensions(size)?;
        gif(u16::try_from(width).unwrap_or(u16::MAX), u16::try_from(height).unwrap_or(u16::MAX))
    } else if let Some(count) = number("$bytes") {
        let mut bytes = described.get("head").and_then(Value::as_str).unwrap_or_default().as_bytes().to_vec();
        bytes.resize(count, 0);
        bytes
    } else if let Some(text) = described.get("$base64").and_then(Value::as_str) {
        STANDARD.decode(text).map_err(|error| format!("$base64 does not decode: {error}"))?
    } else {
        return Err(format!("a file is described by $png, $gif, $bytes or $base64, not by {described}"));
    };
    // What comes behind the end of a picture is not looked at.
    if let Some(size) = number("size") {
        bytes.resize(size, 0);
    }
    let file_name = described.get("name").and_then(Value::as_str).unwrap_or("file").to_owned();
    Ok(FilePart { file_name: Some(file_name), content: FileContent::Bytes(Bytes::from(bytes)) })
}

fn dimensions(size: &Value) -> Result<(u32, u32), String> {
    let side = |n: usize| size.get(n).and_then(Value::as_u64).and_then(|side| u32::try_from(side).ok());
    side(0).zip(side(1)).ok_or_else(|| format!("a size is [width, height], not {size}"))
}

/// A grey picture, not compressed.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // One bit for each pixel, in shades of grey.
    header.extend([1, 0, 0, 0, 0]);
    let line = 1 + width.div_ceil(8) as usize;
    let pixels = vec![0; line * height as usize];
    let mut data = vec![0x78, 0x01];
    let mut blocks = pixels.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        data.push(u8::from(blocks.peek().is_none()));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(block);
    }
    data.extend(adler32(&pixels).to_be_bytes());

    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
        bytes.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
        let start = bytes.len();
        bytes.extend(name);
        bytes.extend(content);
        let check = crc32(&bytes[start..]);
        bytes.extend(check.to_be_bytes());
    }
    bytes
}

/// A canvas with a single pixel on it.
fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    bytes.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]);
    bytes
}

fn adler32(bytes: &[u8]) -> u32 {
    let step = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    };
    let (a, b) = bytes.iter().fold((1, 0), step);
    b << 16 | a
}

fn crc32(bytes: &[u8]) -> u32 {
    let of_byte = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            let carry = sum & 1;
            sum >> 1 ^ (0xedb8_8320 * carry)
        })
    };
    !bytes.iter().fold(u32::MAX, of_byte)
}

#[cfg(test)]
mod tests {
    use super::{adler32, crc32};

    #[test]
    fn sums_are_those_of_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }
}
