//! What an endpoint is: its metadata, its field table, and the registry of all of them.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Code, wire::FilePart};

/// One API of the platform: the type is the request, [`META`](Endpoint::META) is all else.
///
/// The client turns it into a wire request with [`wire::encode`](crate::wire::encode), the platform
/// gets it back with [`wire::decode`](crate::wire::decode).
pub trait Endpoint: Serialize + DeserializeOwned + Send + 'static {
    /// The successful answer.
    type Response: Answer;

    /// The facts of its documentation page.
    const META: &'static Meta;

    /// Takes the file fields out, by name.
    fn take_files(&mut self) -> Vec<(&'static str, FilePart)>;
}

/// An endpoint that answers in pages.
pub trait Paged: Endpoint {
    /// What a page holds.
    type Item;

    /// Asks for the page that `page_token` names.
    fn set_page_token(&mut self, page_token: String);

    /// Splits an answer into its items and the way on.
    fn page(response: Self::Response) -> Page<Self::Item>;
}

/// One page of a [`Paged`] answer.
pub struct Page<T> {
    /// The items, in the order asked for.
    pub items: Vec<T>,
    /// Whether another page follows.
    pub has_more: bool,
    /// Names the next page, if one follows.
    pub page_token: Option<String>,
}

/// What an endpoint answers with: an [`Object`], or bytes.
pub trait Answer: Send + 'static {
    /// The fields of the object.
    const FIELDS: &'static [Field];
    /// Whether the body is bytes and not JSON.
    const BINARY: bool;
}

/// A JSON object on the wire.
pub trait Object: Serialize + DeserializeOwned + Send + 'static {
    /// Its fields, in the order of the documentation.
    const FIELDS: &'static [Field];
}

impl<T: Object> Answer for T {
    const FIELDS: &'static [Field] = <T as Object>::FIELDS;
    const BINARY: bool = false;
}

/// The answer of an action: `{}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Empty {}

impl Object for Empty {
    const FIELDS: &'static [Field] = &[];
}

/// The answer of a download: the bytes themselves.
#[derive(Clone, Copy, Debug)]
pub enum Binary {}

impl Answer for Binary {
    const FIELDS: &'static [Field] = &[];
    const BINARY: bool = true;
}

/// The facts of an endpoint's documentation page.
pub struct Meta {
    /// `im.v1.message.create`, as the official SDKs name it.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, parameters written `:message_id`.
    pub path: &'static str,
    /// What a `tenant_access_token` needs, if the endpoint takes one.
    pub tenant: Option<Scopes>,
    /// What a `user_access_token` needs, if the endpoint takes one.
    pub user: Option<Scopes>,
    /// What an `app_access_token` needs, if the endpoint takes one.
    pub app: Option<Scopes>,
    /// The limit per app and tenant.
    pub rate: Rate,
    /// The documentation page below the site's `/document`; empty where there is none.
    pub doc: &'static str,
    /// `messages create`: the words of the command line behind the project's name.
    pub cli: Option<&'static str>,
    /// The doc comment: one line, then details.
    pub about: &'static str,
    /// Whether it changes anything.
    pub write: bool,
    /// Whether the answer stands beside `code` instead of under `data`.
    pub flat: bool,
    /// Whether it speaks as OAuth does: forms are taken besides JSON, refusals carry `error` and `error_description`.
    pub oauth: bool,
    /// Every code of its error table.
    pub errors: &'static [Code],
    /// The request's fields.
    pub fields: &'static [Field],
    /// The answer's fields.
    pub answer: &'static [Field],
    /// Whether the answer is bytes.
    pub binary: bool,
    /// The documented request, as a JSON object of all fields.
    pub example: Option<&'static str>,
}

impl Meta {
    /// The first part of the id: `im`.
    pub fn project(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// The first line of the doc comment.
    pub fn summary(&self) -> &'static str {
        self.about.lines().next().unwrap_or_default()
    }

    /// The fields of one place.
    pub fn fields_in(&self, place: Place) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| field.place == place)
    }

    /// Whether the body is `multipart/form-data`.
    pub fn is_multipart(&self) -> bool {
        self.fields_in(Place::File).next().is_some()
    }

    /// Whether it is the platform's own: no official API, no token, for this machine alone.
    pub fn is_own(&self) -> bool {
        self.path.starts_with("/_larkspur/")
    }

    /// Whether any token is asked for.
    pub fn needs_token(&self) -> bool {
        self.tenant.is_some() || self.user.is_some() || self.app.is_some()
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`.
    GET,
    /// `POST`.
    POST,
    /// `PUT`.
    PUT,
    /// `PATCH`.
    PATCH,
    /// `DELETE`.
    DELETE,
}

impl Method {
    /// The method on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::PATCH => "PATCH",
            Self::DELETE => "DELETE",
        }
    }
}

/// The scopes an identity needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scopes {
    /// One of them; none if the list is empty.
    Any(&'static [&'static str]),
    /// Every one of them.
    All(&'static [&'static str]),
}

/// A token is needed, a scope is not.
pub const NO_SCOPE: Scopes = Scopes::Any(&[]);

impl Scopes {
    /// The names, whichever way they combine.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Any(names) | Self::All(names) => names,
        }
    }

    /// The scopes that are missing, given what is granted; empty if it is enough.
    pub fn missing(self, granted: impl Fn(&str) -> bool) -> Vec<&'static str> {
        match self {
            Self::Any(names) if names.is_empty() || names.iter().any(|name| granted(name)) => Vec::new(),
            Self::Any(names) => names.to_vec(),
            Self::All(names) => names.iter().copied().filter(|name| !granted(name)).collect(),
        }
    }
}

/// Calls allowed per app, tenant and endpoint. Reaching either number trips the limit.
///
/// Source: `/ukTMukTMukTM/uUzN04SN3QjL1cDN`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Calls in a minute.
    pub per_minute: Option<u32>,
    /// Calls in a second.
    pub per_second: Option<u32>,
}

impl Rate {
    /// No published limit.
    pub const UNLIMITED: Self = Self { per_minute: None, per_second: None };

    /// So many calls in a second.
    pub const fn per_second(calls: u32) -> Self {
        Self { per_minute: None, per_second: Some(calls) }
    }
}

/// 1000 a minute and 50 a second: the tier of most IM endpoints.
pub const TIER_4: Rate = Rate { per_minute: Some(1000), per_second: Some(50) };

/// Where a field travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query; a list repeats the key.
    Query,
    /// In the JSON body, or as a text part of a multipart body.
    Body,
    /// As the file part of a multipart body.
    File,
}

/// One field of a request or of an object.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels. `Body` for fields of objects.
    pub place: Place,
    /// What it holds.
    pub kind: Kind,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Its doc comment.
    pub doc: &'static str,
    /// The limits on its value.
    pub rules: Rules,
}

/// The limits on a field's value.
#[derive(Clone, Copy)]
pub struct Rules {
    /// The smallest number.
    pub min: Option<i64>,
    /// The largest number.
    pub max: Option<i64>,
    /// The fewest characters or items.
    pub min_len: Option<usize>,
    /// The most characters, items, or bytes of a file.
    pub max_len: Option<usize>,
    /// What the platform takes when the field is left out, as text.
    pub default: Option<&'static str>,
    /// The code that refuses the field, where it is not `99992402`.
    pub invalid: Option<Code>,
    /// The field is withheld from an app that has none of these scopes.
    pub scopes: &'static [&'static str],
}

impl Rules {
    /// No limits.
    pub const NONE: Self = Self {
        min: None,
        max: None,
        min_len: None,
        max_len: None,
        default: None,
        invalid: None,
        scopes: &[],
    };
}

/// What a field holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
    /// Bytes.
    File,
    /// Any JSON.
    Any,
    /// One of these strings.
    Enum(&'static [EnumValue]),
    /// One of these whole numbers.
    IntEnum(&'static [EnumValue]),
    /// An array.
    List(&'static Kind),
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object with any keys.
    Map(&'static Kind),
}

/// A value of an enum.
#[derive(Clone, Copy)]
pub struct EnumValue {
    /// The value, numbers in decimal.
    pub value: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Asking for this value needs this scope.
    pub scope: Option<&'static str>,
}

/// How a Rust type looks on the wire.
pub trait Shape {
    /// What it holds.
    const KIND: Kind;
    /// Whether it may be left out.
    const OPTIONAL: bool = false;
}

macro_rules! shapes {
    ($($ty:ty => $kind:ident),* $(,)?) => {$(
        impl Shape for $ty {
            const KIND: Kind = Kind::$kind;
        }
    )*};
}

shapes! {
    String => Text, bool => Bool, i32 => Int, i64 => Int, u32 => Int, u64 => Int, f64 => Float,
    serde_json::Value => Any, FilePart => File,
}

impl<T: Shape> Shape for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;
}

impl<T: Shape> Shape for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}

impl<T: Shape> Shape for std::collections::BTreeMap<String, T> {
    const KIND: Kind = Kind::Map(&T::KIND);
}

/// An entry of the registry.
pub struct Registered {
    /// The endpoint's facts.
    pub meta: &'static Meta,
    /// Reads a request and an answer as this endpoint's types and writes them again.
    pub round_trip: fn(RoundTrip<'_>) -> serde_json::Result<serde_json::Value>,
}

/// What [`Registered::round_trip`] is to read and write.
pub enum RoundTrip<'a> {
    /// All fields of a request in one object.
    Request(&'a serde_json::Value),
    /// What stands under `data`, or the whole answer where it is flat.
    Response(&'a serde_json::Value),
}

inventory::collect!(Registered);

impl Registered {
    /// The entry of an endpoint.
    pub const fn new<E: Endpoint>() -> Self
    where
        E::Response: RoundTrips,
    {
        Self { meta: E::META, round_trip: round_trip::<E> }
    }
}

fn round_trip<E: Endpoint>(what: RoundTrip<'_>) -> serde_json::Result<serde_json::Value>
where
    E::Response: RoundTrips,
{
    match what {
        RoundTrip::Request(value) => serde_json::to_value(E::deserialize(value)?),
        RoundTrip::Response(value) => E::Response::round_trip(value),
    }
}

/// An answer that can be read and written again: every [`Object`], and bytes as they are.
pub trait RoundTrips: Answer {
    /// Reads `value` as this type and writes it.
    fn round_trip(value: &serde_json::Value) -> serde_json::Result<serde_json::Value>;
}

impl<T: Object> RoundTrips for T {
    fn round_trip(value: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
        serde_json::to_value(T::deserialize(value)?)
    }
}

impl RoundTrips for Binary {
    fn round_trip(value: &serde_json::Value) -> serde_json::Result<serde_json::Value> {
        Ok(value.clone())
    }
}

/// Every endpoint of the contract, by id.
pub fn registry() -> Vec<&'static Registered> {
    let mut all: Vec<_> = inventory::iter::<Registered>.into_iter().collect();
    all.sort_by_key(|entry| entry.meta.id);
    all
}

/// The endpoint with this id.
pub fn find(id: &str) -> Option<&'static Meta> {
    inventory::iter::<Registered>.into_iter().map(|entry| entry.meta).find(|meta| meta.id == id)
}

/// The endpoint that answers this method and path, parameters filled in.
pub fn find_route(method: &str, path: &str) -> Option<&'static Meta> {
    let matches = |meta: &Meta| {
        meta.method.as_str() == method && {
            let mut given = path.trim_end_matches('/').split('/');
            let mut known = meta.path.trim_end_matches('/').split('/');
            known
                .by_ref()
                .all(|segment| given.next().is_some_and(|got| segment.starts_with(':') || got == segment))
                && given.next().is_none()
        }
    };
    let found =
        inventory::iter::<Registered>.into_iter().map(|entry| entry.meta).filter(|meta| matches(meta));
    // `/messages/mget` is also `/messages/:message_id`: the more literal path wins.
    found.min_by_key(|meta| meta.path.matches(':').count())
}
