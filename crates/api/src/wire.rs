//! Between a request as a type and a request on the wire, both ways.
//!
//! Neither way knows any endpoint: the field table says where everything goes and what it may hold.
//! The client calls [`encode`], the platform [`decode`], and both check with [`check`].

use std::{fmt, path::PathBuf};

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::{
    Endpoint,
    code::gateway,
    endpoint::{Field, Kind, Meta, Method, Place, Rules},
    refusal::{FieldViolation, Refusal},
    secret::Shown,
};

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// The HTTP method.
    pub method: Method,
    /// The path, parameters filled in and percent-encoded.
    pub path: String,
    /// The query, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of a [`Wire`] request.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// None.
    None,
    /// JSON.
    Json(Value),
    /// `application/x-www-form-urlencoded`, not yet encoded: what OAuth endpoints take.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`: the text fields, then the files.
    Multipart {
        /// The text fields.
        texts: Vec<(String, String)>,
        /// The file fields.
        files: Vec<(String, FilePart)>,
    },
}

impl fmt::Debug for Body {
    /// Without the secrets in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = |pairs: &[(String, String)]| {
            Value::Object(pairs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect())
        };
        match self {
            Self::None => f.write_str("None"),
            Self::Json(value) => f.debug_tuple("Json").field(&Shown(value)).finish(),
            Self::Form(pairs) => f.debug_tuple("Form").field(&Shown(&texts(pairs))).finish(),
            Self::Multipart { texts: pairs, files } => {
                let mut shown = f.debug_struct("Multipart");
                shown.field("texts", &Shown(&texts(pairs))).field("files", files).finish()
            }
        }
    }
}

impl Wire {
    /// Path and query as they stand in the request line.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let start = self.path.len() + 1;
        let mut query = form_urlencoded::Serializer::for_suffix(format!("{}?", self.path), start);
        query.extend_pairs(&self.query);
        query.finish()
    }
}

/// The bytes of a file field, or where they are. This crate never opens them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePart {
    /// The name to send with the part.
    pub file_name: Option<String>,
    /// The bytes.
    pub content: FileContent,
}

/// Where the bytes of a [`FilePart`] are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// Here.
    Bytes(Bytes),
    /// In this file.
    Path(PathBuf),
}

impl Default for FileContent {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Bytes> for FilePart {
    fn from(bytes: Bytes) -> Self {
        Self { file_name: None, content: FileContent::Bytes(bytes) }
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<PathBuf> for FilePart {
    fn from(path: PathBuf) -> Self {
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name, content: FileContent::Path(path) }
    }
}

/// A request that cannot be put on the wire.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// It does not serialise to an object.
    #[error("the request is not an object")]
    NotAnObject,
    /// A path parameter is missing, empty, or not text.
    #[error("the path parameter `{0}` is missing")]
    PathParameter(&'static str),
}

/// The segment characters that path parameters may hold as they are.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\');

/// Puts a typed request on the wire.
pub fn encode<E: Endpoint>(mut request: E) -> Result<Wire, EncodeError> {
    let files = request.take_files();
    let Ok(Value::Object(fields)) = serde_json::to_value(&request) else {
        return Err(EncodeError::NotAnObject);
    };
    encode_fields(E::META, fields, files)
}

/// Puts a request given as an object of all its fields on the wire.
///
/// Fields the endpoint does not know go into the body, or into the query where there is none.
pub fn encode_fields(
    meta: &Meta,
    mut fields: Map<String, Value>,
    files: Vec<(&str, FilePart)>,
) -> Result<Wire, EncodeError> {
    let mut path = String::with_capacity(meta.path.len() + 64);
    for segment in meta.path.split('/').skip(1) {
        path.push('/');
        match segment.strip_prefix(':') {
            None => path.push_str(segment),
            Some(name) => {
                let value =
                    fields.shift_remove(name).as_ref().and_then(text).filter(|value| !value.is_empty());
                let value = value.ok_or(EncodeError::PathParameter(name))?;
                path.extend(utf8_percent_encode(&value, SEGMENT));
            }
        }
    }

    let mut query = Vec::new();
    for field in meta.fields_in(Place::Query) {
        match fields.shift_remove(field.name) {
            Some(Value::Array(values)) => {
                query.extend(values.iter().filter_map(text).map(|value| (field.name.to_owned(), value)));
            }
            Some(value) => query.extend(text(&value).map(|value| (field.name.to_owned(), value))),
            None => {}
        }
    }

    let has_body = meta.fields_in(Place::Body).next().is_some();
    let body = if meta.is_multipart() {
        let texts = fields.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
        let files = files.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
        Body::Multipart { texts, files }
    } else if has_body && meta.oauth {
        Body::Form(fields.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect())
    } else if has_body {
        Body::Json(Value::Object(fields))
    } else {
        query.extend(fields.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))));
        if matches!(meta.method, Method::GET | Method::DELETE) {
            Body::None
        } else {
            Body::Json(Map::new().into())
        }
    };
    Ok(Wire { method: meta.method, path, query, body })
}

/// A JSON value as it is written in a path, a query or a text part.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// What arrived.
pub struct Arrived<'a> {
    /// The path parameters, decoded, by name.
    pub path: &'a [(String, String)],
    /// The raw query.
    pub query: &'a str,
    /// The body.
    pub body: ArrivedBody<'a>,
}

/// The body that arrived.
pub enum ArrivedBody<'a> {
    /// JSON, or nothing.
    Json(&'a [u8]),
    /// The text parts of a multipart body, and the names of its file parts.
    Multipart {
        /// Name and text of each text part.
        texts: &'a [(String, String)],
        /// The names of the file parts.
        files: &'a [String],
    },
}

/// Reads a request as its type, or says why it is refused.
pub fn decode<E: Endpoint>(arrived: &Arrived<'_>) -> Result<E, Refusal> {
    let fields = decode_fields(E::META, arrived)?;
    // What passed the field table fits the type; anything else is a body of a wrong shape.
    serde_json::from_value(Value::Object(fields)).map_err(|_| gateway::BAD_REQUEST.into())
}

/// Reads a request as an object of all its fields, checked against the field table.
pub fn decode_fields(meta: &Meta, arrived: &Arrived<'_>) -> Result<Map<String, Value>, Refusal> {
    let mut fields = Map::new();
    for (name, value) in arrived.path {
        fields.insert(name.clone(), Value::String(value.clone()));
    }

    let query: Vec<_> = form_urlencoded::parse(arrived.query.as_bytes()).collect();
    for field in meta.fields_in(Place::Query) {
        let given = query.iter().filter(|(name, value)| name == field.name && !value.is_empty());
        insert_text(&mut fields, field, given.map(|(_, value)| value.as_ref()));
    }

    match &arrived.body {
        ArrivedBody::Json(bytes) => {
            let mut body = match meta.fields_in(Place::Body).next() {
                None => Map::new(),
                Some(_) if bytes.iter().all(u8::is_ascii_whitespace) => Map::new(),
                Some(_) => {
                    serde_json::from_slice::<Map<String, Value>>(bytes).map_err(|_| gateway::BAD_REQUEST)?
                }
            };
            for field in meta.fields_in(Place::Body) {
                if let Some(value) = body.shift_remove(field.name).filter(|value| !value.is_null()) {
                    fields.insert(field.name.to_owned(), value);
                }
            }
        }
        ArrivedBody::Multipart { texts, files } => {
            for field in meta.fields_in(Place::Body) {
                let given = texts.iter().filter(|(name, value)| {
                    // One SDK sends an empty part for what was left out.
                    name == field.name && (field.required || !value.is_empty())
                });
                insert_text(&mut fields, field, given.map(|(_, value)| value.as_str()));
            }
            for field in
                meta.fields_in(Place::File).filter(|field| files.iter().any(|file| file == field.name))
            {
                fields.insert(field.name.to_owned(), Value::Bool(true));
            }
        }
    }

    check(meta, &fields)?;
    for field in meta.fields_in(Place::File) {
        fields.shift_remove(field.name);
    }
    Ok(fields)
}

/// Reads query or form text as the field's kind. Text that is not of that kind stays text, for
/// [`check`] to complain about.
fn insert_text<'a>(fields: &mut Map<String, Value>, field: &Field, mut given: impl Iterator<Item = &'a str>) {
    let value = match field.kind {
        Kind::List(kind) => {
            let values: Vec<_> = given.map(|value| typed(kind, value)).collect();
            if values.is_empty() { None } else { Some(Value::Array(values)) }
        }
        kind => given.next().map(|value| typed(&kind, value)),
    };
    if let Some(value) = value {
        fields.insert(field.name.to_owned(), value);
    }
}

/// Text as a value of a kind, or as text where it is not one.
pub fn typed(kind: &Kind, text: &str) -> Value {
    let parsed = match kind {
        Kind::Int | Kind::IntEnum(_) => text.parse::<i64>().ok().map(Value::from),
        Kind::Float => text.parse::<f64>().ok().map(Value::from),
        // The official Python SDK writes them as Python does.
        Kind::Bool => match text {
            "true" | "True" => Some(true.into()),
            "false" | "False" => Some(false.into()),
            _ => None,
        },
        Kind::Any | Kind::Object(_) | Kind::Map(_) | Kind::List(_) => serde_json::from_str(text).ok(),
        Kind::Text | Kind::Enum(_) | Kind::File => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Holds an object of fields against the field table.
///
/// A body of a wrong JSON type is `9499`. All other complaints come together, under the code of the
/// first one: `99992402`, or the one the field names.
pub fn check(meta: &Meta, fields: &Map<String, Value>) -> Result<(), Refusal> {
    let mut violations = Vec::new();
    for field in meta.fields {
        match fields.get(field.name) {
            Some(value) => check_value(field.name, field, &field.kind, value, &mut violations)?,
            None if field.required => {
                violations.push((
                    field.rules.invalid,
                    violation(field.name, "", format!("{} is required", field.name)),
                ));
            }
            None => {}
        }
    }
    let Some((invalid, first)) = violations.first() else { return Ok(()) };
    let code = invalid.unwrap_or(gateway::FIELD_VALIDATION_FAILED);
    // The message API names the parameter in its message.
    let detail = (code == crate::code::message::INVALID_PARAM).then(|| format!("invalid {}", first.field));
    let field_violations = violations.into_iter().map(|(_, violation)| violation).collect();
    Err(Refusal { code, detail, field_violations, scopes: Vec::new() })
}

type Complaints = Vec<(Option<crate::Code>, FieldViolation)>;

fn violation(field: &str, value: &str, description: String) -> FieldViolation {
    FieldViolation { field: field.to_owned(), value: value.to_owned(), description }
}

fn check_value(
    path: &str,
    field: &Field,
    kind: &Kind,
    value: &Value,
    out: &mut Complaints,
) -> Result<(), Refusal> {
    let rules = &field.rules;
    let mut complain = |description: String| {
        out.push((rules.invalid, violation(path, &text(value).unwrap_or_default(), description)));
    };
    match (kind, value) {
        (Kind::Text, Value::String(text)) => check_len(rules, text.chars().count(), complain),
        (Kind::Enum(values), Value::String(text)) => {
            if !values.iter().any(|known| known.value == text) {
                complain(options(values));
            }
        }
        (Kind::IntEnum(values), Value::Number(number)) => {
            let text = number.to_string();
            if !values.iter().any(|known| known.value == text) {
                complain(options(values));
            }
        }
        (Kind::Int, Value::Number(number)) if number.is_i64() || number.is_u64() => {
            let number = number.as_i64().unwrap_or(i64::MAX);
            match (rules.min, rules.max) {
                (Some(min), _) if number < min => complain(format!("the min value is {min}")),
                (_, Some(max)) if number > max => complain(format!("the max value is {max}")),
                _ => {}
            }
        }
        (Kind::List(kind), Value::Array(values)) => {
            check_len(rules, values.len(), complain);
            let path = format!("{path}[*]");
            // Limits on the list are not limits on its items.
            let item = Field { rules: Rules { invalid: rules.invalid, ..Rules::NONE }, ..*field };
            for value in values {
                check_value(&path, &item, kind, value, out)?;
            }
        }
        (Kind::Object(known), Value::Object(given)) => {
            for member in *known {
                if let Some(value) = given.get(member.name).filter(|value| !value.is_null()) {
                    let path = format!("{path}.{}", member.name);
                    let invalid = member.rules.invalid.or(rules.invalid);
                    let member = Field { rules: Rules { invalid, ..member.rules }, ..*member };
                    check_value(&path, &member, &member.kind, value, out)?;
                }
            }
        }
        (Kind::Map(kind), Value::Object(given)) => {
            for (key, value) in given {
                check_value(&format!("{path}.{key}"), field, kind, value, out)?;
            }
        }
        (Kind::Float, Value::Number(_)) | (Kind::Bool, Value::Bool(_)) | (Kind::File | Kind::Any, _) => {}
        // Text where a query or form field wants something else.
        (_, Value::String(_)) if field.place == Place::Query || rules.invalid.is_some() => {
            complain(format!("{path} is invalid"));
        }
        _ => {
            return Err(gateway::BAD_REQUEST.field(
                path,
                &text(value).unwrap_or_default(),
                "wrong JSON type",
            ));
        }
    }
    Ok(())
}

fn check_len(rules: &Rules, len: usize, mut complain: impl FnMut(String)) {
    match (rules.min_len, rules.max_len) {
        (Some(min), _) if len < min => complain(format!("the min len is {min}")),
        (_, Some(max)) if len > max => complain(format!("the max len is {max}")),
        _ => {}
    }
}

fn options(values: &[crate::endpoint::EnumValue]) -> String {
    let values: Vec<_> = values.iter().map(|known| known.value).collect();
    format!("options: [{}]", values.join(","))
}

/// The scopes that the values of a request ask for, such as `user_id_type=user_id`.
pub fn value_scopes(meta: &Meta, fields: &Map<String, Value>) -> Vec<&'static str> {
    let scope = |field: &Field| match (field.kind, fields.get(field.name)) {
        (Kind::Enum(values), Some(Value::String(text))) => {
            values.iter().find(|known| known.value == text).and_then(|known| known.scope)
        }
        _ => None,
    };
    meta.fields.iter().filter_map(scope).collect()
}

/// Whether [`withhold`] could take anything out of an object with these fields.
pub fn has_withheld_fields(fields: &[Field]) -> bool {
    fields.iter().any(|field| {
        !field.rules.scopes.is_empty()
            || match field.kind {
                Kind::Object(fields) => has_withheld_fields(fields),
                Kind::List(Kind::Object(fields)) => has_withheld_fields(fields),
                _ => false,
            }
    })
}

/// Takes out of an answer the fields whose scopes the app lacks.
pub fn withhold(fields: &[Field], answer: &mut Value, granted: &impl Fn(&str) -> bool) {
    let Value::Object(object) = answer else { return };
    for field in fields {
        if !field.rules.scopes.is_empty() && !field.rules.scopes.iter().any(|scope| granted(scope)) {
            object.shift_remove(field.name);
            continue;
        }
        match (field.kind, object.get_mut(field.name)) {
            (Kind::Object(fields), Some(value)) => withhold(fields, value, granted),
            (Kind::List(Kind::Object(fields)), Some(Value::Array(values))) => {
                for value in values {
                    withhold(fields, value, granted);
                }
            }
            _ => {}
        }
    }
}
