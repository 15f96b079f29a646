//! Reading `multipart/form-data`, whatever order its parts come in.
//!
//! Clients differ: some send the file first, some without a file name or media type. The file is
//! known by the name of its part alone. It goes to the blob store as it comes, and nothing of it stays
//! unless the handler finishes it.

use axum::extract::Request;
use futures_util::{StreamExt, stream};
use http::header::CONTENT_TYPE;
use http_body_util::BodyExt;
use larkspur_api::{
    code::resource,
    endpoint::{Meta, Place},
};
use larkspur_domain::{Context, Failure, Result};
use larkspur_store::{Blobs, Upload};
use multer::{Constraints, Field, Multipart, SizeLimit};

use crate::route::BODY_SILENCE;

/// The most bytes of a text part.
const MAX_TEXT: u64 = 64 * 1024;

/// How much of a body that was refused is still read, so that the client gets to see the refusal.
const MAX_DRAINED: u64 = 256 * 1024 * 1024;

/// A form.
pub struct Form {
    /// The text parts that the endpoint knows, in the order they came.
    pub texts: Vec<(String, String)>,
    /// The names of the parts that were taken as the file: one, if all is well.
    pub files: Vec<String>,
    /// The file.
    pub uploaded: Uploaded,
}

/// The file of a form, received and not yet kept.
pub struct Uploaded {
    /// The key it will have.
    pub(crate) key: String,
    pub(crate) upload: Upload,
}

/// Receives the form of an endpoint.
pub async fn receive(context: &Context, blobs: &Blobs, meta: &Meta, request: Request) -> Result<Form> {
    let invalid = |what: &str| Failure::from(resource::INVALID_PARAM.field("body", "", what));
    let file = meta.fields_in(Place::File).next();
    let file_field = file.map_or("", |field| field.name);
    let max_bytes = file.and_then(|field| field.rules.max_len).map_or(u64::MAX, |max| max as u64);
    let content_type =
        request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type)
        .map_err(|_| invalid("the body is not multipart/form-data with a boundary"))?;

    let key: String = match file_field {
        "image" => context.image_key().into(),
        _ => context.file_key().into(),
    };
    let mut form =
        Form { texts: Vec::new(), files: Vec::new(), uploaded: Uploaded { upload: blobs.upload(&key), key } };
    let mut too_large = false;
    let mut drained = 0;

    // A silent client is an error of the stream.
    let frames = stream::unfold(request.into_body(), |mut body| async move {
        let frame = match tokio::time::timeout(BODY_SILENCE, body.frame()).await {
            Ok(None) => return None,
            Ok(Some(frame)) => frame.map_err(|error| std::io::Error::other(error.to_string())),
            Err(_) => Err(std::io::Error::from(std::io::ErrorKind::TimedOut)),
        };
        Some((frame.map(|frame| frame.into_data().unwrap_or_default()), body))
    });
    let limits = SizeLimit::new().whole_stream(MAX_DRAINED);
    let mut parts =
        Multipart::with_constraints(frames.boxed(), boundary, Constraints::new().size_limit(limits));
    let broken = |error: multer::Error| invalid(&format!("the multipart body is broken: {error}"));
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        if name == file_field {
            form.files.push(name);
            too_large |= !store(part, &mut form.uploaded.upload, max_bytes, &mut drained).await?;
        } else if meta.fields_in(Place::Body).any(|field| field.name == name) {
            form.texts.push((name, text(part).await?));
        }
    }
    if too_large {
        return Err(resource::TOO_LARGE.into());
    }
    Ok(form)
}

/// Stores a file part; `false` if it is too large, and then the rest of it is read and dropped.
async fn store(mut part: Field<'_>, upload: &mut Upload, max_bytes: u64, drained: &mut u64) -> Result<bool> {
    loop {
        let chunk = part.chunk().await.map_err(|error| {
            let what = format!("the file was cut off: {error}");
            Failure::from(resource::INVALID_PARAM.field("body", "", what))
        })?;
        let Some(chunk) = chunk else { return Ok(*drained == 0) };
        if *drained == 0 && upload.size() + chunk.len() as u64 <= max_bytes {
            upload.write(&chunk).await?;
        } else {
            *drained += chunk.len() as u64;
        }
    }
}

async fn text(mut part: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| {
        let what = format!("the multipart body is broken: {error}");
        Failure::from(resource::INVALID_PARAM.field("body", "", what))
    })? {
        if bytes.len() as u64 + chunk.len() as u64 > MAX_TEXT {
            return Err(resource::INVALID_PARAM.field("body", "", "a text part has more than 64 KB").into());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes)
        .map_err(|_| resource::INVALID_PARAM.field("body", "", "a text part is not UTF-8").into())
}
