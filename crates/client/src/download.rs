//! Bytes on their way in. A connection that breaks is taken up again where it broke.

use std::path::Path;

use bytes::{Bytes, BytesMut};
use http::{
    HeaderMap, Response, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE},
};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use larkspur_api::{endpoint::Meta, wire::Wire};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::{
    client::Client,
    error::{Error, Outcome},
    transport::{Progress, chain},
};

/// How often a broken download is taken up again.
const RESUMES: u32 = 5;

/// A file on its way in.
pub struct Download {
    /// The name that the platform gives it.
    pub file_name: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// How many bytes it has.
    pub size: Option<u64>,
    client: Client,
    meta: &'static Meta,
    wire: Wire,
    body: Incoming,
    received: u64,
    resumes: u32,
}

impl Download {
    pub(crate) fn new(client: Client, meta: &'static Meta, wire: Wire, response: Response<Incoming>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            file_name: file_name(&parts.headers),
            media_type: text(&parts.headers, &CONTENT_TYPE).map(str::to_owned),
            size: text(&parts.headers, &CONTENT_LENGTH).and_then(|length| length.parse().ok()),
            client,
            meta,
            wire,
            body,
            received: 0,
            resumes: 0,
        }
    }

    /// The next bytes; `None` when all are there.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let reason = match self.body.frame().await {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => {
                        self.received += data.len() as u64;
                        return Ok(Some(data));
                    }
                    Err(_) => continue,
                },
                None if self.size.is_none_or(|size| size == self.received) => return Ok(None),
                None => "the connection closed early".to_owned(),
                Some(Err(error)) => chain(&error),
            };
            self.resume(reason).await?;
        }
    }

    async fn resume(&mut self, reason: String) -> Result<(), Error> {
        let broken = |message: String| {
            let message = format!("the download broke off after {} bytes: {message}", self.received);
            Error::Network { url: self.wire.path.clone(), message, outcome: Outcome::NotDone }
        };
        if self.resumes == RESUMES || self.size.is_none() {
            return Err(broken(reason));
        }
        self.resumes += 1;
        let response = self.client.fetch(self.meta, &self.wire, Some(self.received)).await?;
        let expected = format!("bytes {}-", self.received);
        let continues = response.status() == StatusCode::PARTIAL_CONTENT
            && text(response.headers(), &CONTENT_RANGE).is_some_and(|range| range.starts_with(&expected));
        if !continues {
            return Err(broken(format!("{reason}, and the platform does not continue it")));
        }
        self.body = response.into_body();
        Ok(())
    }

    /// All of it, if it is not more than `max` bytes.
    pub async fn bytes(mut self, max: u64) -> Result<Bytes, Error> {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if bytes.len() as u64 + chunk.len() as u64 > max {
                return Err(Error::Config(format!("the file has more than {max} bytes")));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// Writes it to a file, which appears when it is whole. Gives the number of bytes.
    pub async fn save(mut self, path: &Path, progress: Option<&Progress>) -> Result<u64, Error> {
        let beside = path.with_file_name(format!(
            ".{}.{}.part",
            path.file_name().unwrap_or_default().to_string_lossy(),
            std::process::id()
        ));
        let saved = self.write_to(&beside, progress).await;
        let saved = match saved {
            Ok(()) => tokio::fs::rename(&beside, path)
                .await
                .map_err(|source| Error::File { path: path.to_owned(), source }),
            Err(error) => Err(error),
        };
        if let Err(error) = saved {
            let _ = tokio::fs::remove_file(&beside).await;
            return Err(error);
        }
        Ok(self.received)
    }

    async fn write_to(&mut self, path: &Path, progress: Option<&Progress>) -> Result<(), Error> {
        let failed = |source| Error::File { path: path.to_owned(), source };
        let mut file = File::create(path).await.map_err(failed)?;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(failed)?;
            if let (Some(progress), Some(size)) = (progress, self.size) {
                progress(self.received, size);
            }
        }
        file.flush().await.map_err(failed)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The name in a `Content-Disposition`: the one in UTF-8 if there is one.
fn file_name(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_DISPOSITION)?;
    let value = String::from_utf8_lossy(value.as_bytes());
    let parameter = |name: &str| {
        value.split(';').map(str::trim).find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    if let Some(encoded) = parameter("filename*")
        && let Some(text) = encoded.strip_prefix("UTF-8''").or_else(|| encoded.strip_prefix("utf-8''"))
    {
        return Some(percent_decode(text));
    }
    parameter("filename").filter(|name| !name.is_empty())
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let decoded =
            (first == b'%').then(|| tail.get(..2)).flatten().and_then(|digits| hex::decode(digits).ok());
        match decoded {
            Some(byte) => {
                bytes.extend(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn names_are_read_from_either_form() {
        let name = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static(value));
            file_name(&headers)
        };
        assert_eq!(name("attachment; filename=\"a b.txt\""), Some("a b.txt".to_owned()));
        assert_eq!(
            name("attachment; filename=\"__.mp4\"; filename*=UTF-8''%E6%B5%8B%E8%AF%95.mp4"),
            Some("测试.mp4".to_owned())
        );
        assert_eq!(name("attachment"), None);
        assert_eq!(percent_decode("100%"), "100%");
    }
}
