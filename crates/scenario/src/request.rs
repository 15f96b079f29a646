//! From a step to a request.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderName},
};
use larkspur_api::{
    endpoint::{self, Meta, Place},
    wire::{self, Body, FileContent, FilePart},
};
use serde_json::{Map, Value};

use crate::{
    file::Step,
    generate,
    template::{self, Variables},
};

/// How much of a body is shown.
const SHOWN: usize = 400;

/// A request, ready to be sent as often as need be.
pub(crate) struct Prepared {
    pub(crate) method: String,
    pub(crate) target: String,
    /// What it is for, if it is for an endpoint that is known.
    pub(crate) meta: Option<&'static Meta>,
    content_type: Option<String>,
    body: Bytes,
    /// The body for people.
    pub(crate) shown: String,
}

impl Prepared {
    /// Fills a step in.
    pub(crate) fn new(step: &Step, variables: &Variables) -> Result<Self, String> {
        let fields = step.with.clone();
        let mut prepared = match (step.meta(), &step.send) {
            (Some(meta), _) => Self::call(meta, fields, variables)?,
            (None, Some(line)) => Self::send(line, fields, variables)?,
            (None, None) => return Err("it has neither `call` nor `send`".to_owned()),
        };
        if let Some(raw) = &step.raw {
            let raw = template::text(raw, variables)?;
            prepared.shown.clone_from(&raw);
            prepared.body = raw.into();
            prepared.content_type.get_or_insert_with(json_type);
        }
        Ok(prepared)
    }

    /// A call with these fields, as they are.
    pub(crate) fn endpoint(id: &str, fields: Value) -> Result<Self, String> {
        let meta = endpoint::find(id).ok_or_else(|| format!("there is no endpoint {id}"))?;
        let Value::Object(fields) = fields else { return Err("the fields are no object".to_owned()) };
        Self::call(meta, fields, &Variables::new())
    }

    fn call(
        meta: &'static Meta,
        mut fields: Map<String, Value>,
        variables: &Variables,
    ) -> Result<Self, String> {
        let mut files = Vec::new();
        for field in meta.fields_in(Place::File) {
            if let Some(described) = fields.shift_remove(field.name) {
                files.push((field.name, generate::file(&described)?));
            }
        }
        let Value::Object(fields) = template::value(&Value::Object(fields), variables)? else {
            return Err("`with` has to be an object".to_owned());
        };
        let wire = wire::encode_fields(meta, fields, files).map_err(|error| error.to_string())?;
        let target = wire.target();
        let (content_type, body, shown) = match wire.body {
            Body::None => (None, Bytes::new(), String::new()),
            Body::Json(value) => (Some(json_type()), value.to_string().into(), short(&value)),
            Body::Form(pairs) => {
                let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
                (Some("application/x-www-form-urlencoded".to_owned()), body.clone().into(), body)
            }
            Body::Multipart { texts, files } => {
                let shown = texts
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect::<Vec<_>>()
                    .join("; ");
                let (content_type, body) = multipart(&texts, &files);
                (Some(content_type), body, shown)
            }
        };
        let method = wire.method.as_str().to_owned();
        Ok(Self { method, target, meta: Some(meta), content_type, body, shown })
    }

    fn send(line: &str, fields: Map<String, Value>, variables: &Variables) -> Result<Self, String> {
        let (method, target) = line.split_once(' ').unwrap_or(("GET", line));
        let target = template::text(target, variables)?;
        let path = target.split_once('?').map_or(target.as_str(), |(path, _)| path);
        let meta = endpoint::find_route(method, path);
        let (content_type, body, shown) = if fields.is_empty() {
            (None, Bytes::new(), String::new())
        } else {
            let value = template::value(&Value::Object(fields), variables)?;
            (Some(json_type()), value.to_string().into(), short(&value))
        };
        Ok(Self { method: method.to_owned(), target, meta, content_type, body, shown })
    }

    /// The request, with a token if there is one.
    pub(crate) fn request(&self, token: Option<&str>) -> Result<Request<Bytes>, String> {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.target);
        let mut header = |name: HeaderName, value: &str| {
            let headers = request.headers_mut()?;
            headers.insert(name, value.parse().ok()?)
        };
        if let Some(content_type) = &self.content_type {
            header(CONTENT_TYPE, content_type);
        }
        if let Some(token) = token {
            header(AUTHORIZATION, &format!("Bearer {token}"));
        }
        request.body(self.body.clone()).map_err(|error| error.to_string())
    }
}

fn json_type() -> String {
    "application/json; charset=utf-8".to_owned()
}

/// A form. Nothing that scenarios send has this boundary in it.
fn multipart(texts: &[(String, String)], files: &[(String, FilePart)]) -> (String, Bytes) {
    const BOUNDARY: &str = "larkspur-scenario-c2a1e8f04b7d";
    let mut body = Vec::new();
    let mut part = |head: String, bytes: &[u8]| {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(b"\r\n");
    };
    for (name, value) in texts {
        part(format!("name=\"{name}\""), value.as_bytes());
    }
    for (name, file) in files {
        let file_name = file.file_name.as_deref().unwrap_or("file");
        if let FileContent::Bytes(bytes) = &file.content {
            part(
                format!(
                    "name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream"
                ),
                bytes,
            );
        }
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body.into())
}

/// JSON for people.
pub(crate) fn short(value: &Value) -> String {
    cut(&value.to_string())
}

/// The beginning of a text, and how much there is of it.
pub(crate) fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= SHOWN {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("{start}… ({count} characters)")
}

/// What is in an answer: JSON, or what there is to say about bytes.
pub(crate) fn read(content_type: &str, bytes: &[u8]) -> Value {
    let about = || {
        let mut about = Map::new();
        about.insert("content_type".to_owned(), content_type.into());
        about.insert("size".to_owned(), bytes.len().into());
        if bytes.len() <= 1024 {
            about.insert("base64".to_owned(), STANDARD.encode(bytes).into());
        }
        Value::Object(about)
    };
    if content_type.starts_with("application/json") {
        serde_json::from_slice(bytes).unwrap_or_else(|_| about())
    } else {
        about()
    }
}
