//! What a command is about to do: uploads, then one request built from their keys.
//!
//! A dry run shows the plan; a real run carries it out. Both go through the same [`Plan`], so that the
//! one cannot tell a story that the other does not follow.

use std::process::ExitCode;

use futures_util::future::try_join_all;
use larkspur::{
    Client,
    im::v1::{file, image},
    wire::{self, Body, FileContent, FilePart, Wire},
};
use larkspur_api::endpoint::{Endpoint, Meta};
use serde_json::{Map, Value, json};

use crate::{
    common::Common,
    failure::{Failure, Result},
    media::{self, Media, Purpose, Source},
    output::Success,
    progress, settings,
};

/// Something to upload first.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) source: Source,
    pub(crate) purpose: Purpose,
}

type Build = Box<dyn FnOnce(&[String]) -> Result<Wire>>;

/// What a command is about to do.
pub(crate) struct Plan {
    meta: &'static Meta,
    uploads: Vec<Upload>,
    build: Build,
    finish: fn(Value) -> Value,
    allow_private: bool,
}

impl Plan {
    /// One request.
    pub(crate) fn request<E: Endpoint>(request: E, finish: fn(Value) -> Value) -> Self {
        Self::uploads::<E>(Vec::new(), finish, false, move |_| Ok(request))
    }

    /// Uploads, then a request that names their keys.
    pub(crate) fn uploads<E: Endpoint>(
        uploads: Vec<Upload>,
        finish: fn(Value) -> Value,
        allow_private: bool,
        build: impl FnOnce(&[String]) -> Result<E> + 'static,
    ) -> Self {
        let build: Build =
            Box::new(move |keys| Ok(wire::encode(build(keys)?).map_err(larkspur::Error::from)?));
        Self { meta: E::META, uploads, build, finish, allow_private }
    }

    /// Shows it or carries it out, as the flags say.
    pub(crate) fn run(self, common: &Common) -> Result<ExitCode> {
        let success = if common.dry_run { self.dry_run(common)? } else { self.carry_out(common)? };
        success.print(common)?;
        Ok(ExitCode::SUCCESS)
    }

    fn dry_run(self, common: &Common) -> Result<Success> {
        let mut calls = Vec::new();
        let mut keys = Vec::new();
        for upload in &self.uploads {
            if let Source::File(path) = &upload.source {
                media::check_file(path, &upload.purpose)?;
            }
            let (call, key) = shown_upload(upload);
            calls.push(call);
            keys.push(key);
        }
        let wire = (self.build)(&keys)?;
        check_fields(self.meta, &wire)?;
        calls.push(shown(&wire, None));
        let mut data = Map::new();
        if !self.uploads.is_empty() {
            let note = "dry-run uses placeholder media keys; execution uploads first and sends nothing if an upload fails";
            data.insert("description".to_owned(), note.into());
        }
        data.insert("api".to_owned(), calls.into());
        let not_checked = "membership, permissions and whether ids exist are known to the platform only";
        data.insert("not_checked".to_owned(), not_checked.into());
        Ok(Success { dry_run: true, ..Success::new(settings::caller(self.meta, common)?, data.into()) })
    }

    fn carry_out(self, common: &Common) -> Result<Success> {
        let identity = settings::caller(self.meta, common)?;
        crate::commands::block_on(async {
            // All of it is looked at before any of it is sent.
            let mut ready = Vec::with_capacity(self.uploads.len());
            for upload in self.uploads {
                ready.push(media::load(upload.source, upload.purpose, self.allow_private).await?);
            }
            let client = settings::client(self.meta, common)?;
            let keys = if ready.is_empty() {
                Vec::new()
            } else {
                let uploader = settings::helper(image::create::Request::META, common)?;
                try_join_all(ready.iter().map(|media| send_media(&uploader, media))).await?
            };
            let wire = (self.build)(&keys)?;
            check_fields(self.meta, &wire)?;
            let answered = client.call(self.meta, wire, None).await?;
            let success = Success::new(identity, (self.finish)(answered.data));
            Ok(Success { log_id: answered.log_id, ..success })
        })
    }
}

/// Uploads something and gives its key.
pub(crate) async fn send_media(client: &Client, media: &Media) -> Result<String> {
    let progress = progress::bar(media.label.clone());
    let failed = |error: larkspur::Error| Failure::from(error).about(&media.label).with("sent", false);
    match &media.purpose {
        Purpose::Image(image_type) => {
            let request = image::create::Request::new(image_type.clone(), media.part.clone());
            Ok(client.upload(request, progress.as_ref()).await.map_err(failed)?.image_key.into())
        }
        Purpose::File | Purpose::Audio | Purpose::Video => {
            let request = file::create::Request {
                duration: media.duration(),
                ..file::create::Request::new(media.file_type(), media.file_name(), media.part.clone())
            };
            Ok(client.upload(request, progress.as_ref()).await.map_err(failed)?.file_key.into())
        }
    }
}

/// Holds what is about to be sent against the field table: what is refused here was not sent.
fn check_fields(meta: &Meta, wire: &Wire) -> Result<()> {
    let mut fields = Map::new();
    for segment in meta.path.split('/').filter_map(|segment| segment.strip_prefix(':')) {
        fields.insert(segment.to_owned(), "given".into());
    }
    for field in meta.fields.iter().filter(|field| field.place == larkspur_api::endpoint::Place::Query) {
        let values: Vec<_> = wire.query.iter().filter(|(name, _)| name == field.name).collect();
        let value = match (field.kind, values.as_slice()) {
            (_, []) => continue,
            (larkspur_api::endpoint::Kind::List(kind), values) => {
                Value::Array(values.iter().map(|(_, value)| wire::typed(kind, value)).collect())
            }
            (kind, [(_, value), ..]) => wire::typed(&kind, value),
        };
        fields.insert(field.name.to_owned(), value);
    }
    if let Body::Json(Value::Object(body)) = &wire.body {
        fields.extend(body.clone());
    }
    Ok(wire::check(meta, &fields)?)
}

/// A request as a dry run shows it.
pub(crate) fn shown(wire: &Wire, description: Option<&str>) -> Value {
    let mut call = Map::new();
    if let Some(description) = description {
        call.insert("desc".to_owned(), description.into());
    }
    call.insert("method".to_owned(), wire.method.as_str().into());
    call.insert("url".to_owned(), wire.path.clone().into());
    let mut params = Map::new();
    for (name, value) in &wire.query {
        match params.get_mut(name) {
            None => drop(params.insert(name.clone(), value.clone().into())),
            Some(Value::Array(values)) => values.push(value.clone().into()),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    call.insert("params".to_owned(), params.into());
    let body = match &wire.body {
        Body::None => Value::Object(Map::new()),
        Body::Json(value) => value.clone(),
        Body::Form(pairs) => {
            Value::Object(pairs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect())
        }
        Body::Multipart { texts, files } => {
            let texts = texts.iter().map(|(name, value)| (name.clone(), Value::from(value.clone())));
            let files = files.iter().map(|(name, part)| (name.clone(), shown_part(part)));
            Value::Object(texts.chain(files).collect())
        }
    };
    call.insert("body".to_owned(), body);
    call.into()
}

fn shown_part(part: &FilePart) -> Value {
    match &part.content {
        FileContent::Bytes(bytes) => json!({"bytes": bytes.len()}),
        FileContent::Path(path) => json!({"path": path.display().to_string()}),
    }
}

fn shown_upload(upload: &Upload) -> (Value, String) {
    let source = upload.source.label();
    match &upload.purpose {
        Purpose::Image(image_type) => {
            let body = json!({"image_type": image_type.as_str(), "image": {"path": source}});
            let call = json!({"desc": "upload", "method": "POST", "url": "/open-apis/im/v1/images", "params": {}, "body": body});
            (call, "img_dryrun_upload".to_owned())
        }
        purpose => {
            let media = Media {
                purpose: purpose.clone(),
                part: FilePart { file_name: Some(source.clone()), ..FilePart::default() },
                label: source.clone(),
            };
            let body = json!({"file_type": media.file_type().as_str(), "file": {"path": source}});
            let call = json!({"desc": "upload", "method": "POST", "url": "/open-apis/im/v1/files", "params": {}, "body": body});
            (call, "file_dryrun_upload".to_owned())
        }
    }
}
