//! Sending `multipart/form-data` without holding the file in memory.
//!
//! The text fields go first, then the file with its name and media type: the form that every server
//! takes. The length is known before the first byte is sent.

use std::{
    future::Future,
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use larkspur_api::wire::{FileContent, FilePart};
use tokio::{fs::File, io::AsyncReadExt};

use crate::{
    error::Error,
    transport::{Body, Progress},
};

/// How much of a file is read at a time, in bytes.
const CHUNK: usize = 128 * 1024;

/// A body that was laid out and can be sent, again if need be.
pub(crate) struct Multipart<'a> {
    pub(crate) content_type: String,
    pub(crate) length: u64,
    pieces: Vec<Piece<'a>>,
}

enum Piece<'a> {
    Bytes(Bytes),
    File(&'a Path, u64),
}

/// A name inside quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl<'a> Multipart<'a> {
    /// Lays a form out. Looks at the files, and reads nothing of them.
    pub(crate) async fn new(
        texts: &[(String, String)],
        files: &'a [(String, FilePart)],
        boundary: &str,
    ) -> Result<Self, Error> {
        let mut pieces = Vec::new();
        let mut head = String::new();
        for (name, value) in texts {
            let name = quoted(name);
            head.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        for (name, part) in files {
            let (name, file_name) = (quoted(name), quoted(part.file_name.as_deref().unwrap_or("file")));
            head.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            ));
            pieces.push(Piece::Bytes(std::mem::take(&mut head).into()));
            pieces.push(match &part.content {
                FileContent::Bytes(bytes) => Piece::Bytes(bytes.clone()),
                FileContent::Path(path) => Piece::File(path, size_of(path).await?),
            });
            head.push_str("\r\n");
        }
        head.push_str(&format!("--{boundary}--\r\n"));
        pieces.push(Piece::Bytes(head.into()));
        let length = pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => bytes.len() as u64,
            Piece::File(_, size) => *size,
        });
        Ok(Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            length: length.sum(),
            pieces,
        })
    }

    /// The body, from its beginning.
    pub(crate) async fn body(&self, progress: Option<&Progress>) -> Result<Body, Error> {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            pieces.push(match piece {
                Piece::Bytes(bytes) => Open::Bytes(bytes.clone()),
                Piece::File(path, size) => {
                    let file = File::open(path)
                        .await
                        .map_err(|source| Error::File { path: path.to_path_buf(), source })?;
                    Open::File(Box::pin(next(file, *size)))
                }
            });
        }
        pieces.reverse();
        Ok(Box::pin(Sending { pieces, left: self.length, total: self.length, progress: progress.cloned() }))
    }
}

async fn size_of(path: &Path) -> Result<u64, Error> {
    let error = |source| Error::File { path: path.to_owned(), source };
    Ok(tokio::fs::metadata(path).await.map_err(error)?.len())
}

/// A chunk of a file, and the file for the next one.
type Read = Pin<Box<dyn Future<Output = std::io::Result<(Bytes, File, u64)>> + Send + Sync>>;

enum Open {
    Bytes(Bytes),
    File(Read),
}

async fn next(mut file: File, left: u64) -> std::io::Result<(Bytes, File, u64)> {
    let want = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
    let mut chunk = BytesMut::with_capacity(want);
    while chunk.len() < want && file.read_buf(&mut chunk).await? > 0 {}
    // The length was announced: a file that shrank meanwhile cannot be sent.
    if chunk.len() < want {
        return Err(std::io::Error::other("the file became shorter while it was sent"));
    }
    let chunk = chunk.freeze().split_to(want);
    Ok((chunk, file, left - want as u64))
}

struct Sending {
    /// What is still to be sent, last piece first.
    pieces: Vec<Open>,
    left: u64,
    total: u64,
    progress: Option<Progress>,
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<std::io::Result<Frame<Bytes>>>> {
        let chunk = loop {
            match self.pieces.pop() {
                None => return Poll::Ready(None),
                Some(Open::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Open::Bytes(bytes)) => break bytes,
                Some(Open::File(mut read)) => match read.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.pieces.push(Open::File(read));
                        return Poll::Pending;
                    }
                    Poll::Ready(result) => {
                        let (chunk, file, left) = result?;
                        if left > 0 {
                            self.pieces.push(Open::File(Box::pin(next(file, left))));
                        }
                        break chunk;
                    }
                },
            }
        };
        self.left = self.left.saturating_sub(chunk.len() as u64);
        if let Some(progress) = &self.progress {
            progress(self.total - self.left, self.total);
        }
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
