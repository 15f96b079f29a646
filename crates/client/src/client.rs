//! The client: one `send` for every endpoint.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use futures_util::{Stream, stream};
use http::{
    HeaderMap, HeaderValue, Request, Response,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, RANGE, USER_AGENT},
};
use hyper::body::Incoming;
use larkspur_api::{
    Endpoint, Paged,
    code::resource,
    endpoint::{Binary, Meta, Method, Object, Place},
    secret::Shown,
    wire::{self, Body as WireBody, FileContent, FilePart, Wire},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::Url;

use crate::{
    caller::Credentials,
    connect::{Connections, Proxies},
    download::Download,
    error::{ApiError, Error},
    login::{UserTokens, accounts},
    multipart::Multipart,
    retry::Retries,
    token::Tokens,
    transport::{self, Body, Progress, Transport},
};

/// Where Feishu is.
pub const FEISHU: &str = "https://open.feishu.cn";

/// Where Lark is.
pub const LARK: &str = "https://open.larksuite.com";

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// How much of an answer that is none is shown.
const EXCERPT: usize = 200;

/// A client of one app at one platform. Clones share connections and tokens.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base_url: String,
    credentials: Credentials,
    tokens: Arc<Tokens>,
    transport: Arc<Transport>,
    user_agent: HeaderValue,
    retry: bool,
}

/// How to make a client.
pub struct ClientBuilder {
    base_url: String,
    credentials: Credentials,
    token_folder: Option<PathBuf>,
    ca_file: Option<PathBuf>,
    proxies: Proxies,
    timeout: Duration,
    user_agent: String,
    retry: bool,
}

impl ClientBuilder {
    fn new(credentials: Credentials) -> Self {
        Self {
            base_url: FEISHU.to_owned(),
            credentials,
            token_folder: None,
            ca_file: None,
            proxies: Proxies::default(),
            timeout: Duration::from_secs(60),
            user_agent: concat!("larkspur/", env!("CARGO_PKG_VERSION")).to_owned(),
            retry: true,
        }
    }

    /// Another platform than [`FEISHU`]: [`LARK`], or one's own.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Keeps tokens in a folder, so that other processes find them. By default they are in memory only.
    pub fn token_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.token_folder = Some(folder.into());
        self
    }

    /// Trusts the certificates in this PEM file instead of the public ones.
    pub fn ca_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(file.into());
        self
    }

    /// Reaches the platform through this proxy, `http://user:password@host:port`.
    ///
    /// By default the variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say which. All that
    /// goes through a proxy goes through a tunnel (`CONNECT`). This machine itself is never reached through one.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxies = Proxies::This(url.into());
        self
    }

    /// Reaches the platform without a proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxies = Proxies::Direct;
        self
    }

    /// How long the platform may take to answer. By default 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What to call oneself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Whether to try again what may succeed later. By default it is tried up to five times.
    pub fn retry(mut self, on: bool) -> Self {
        self.retry = on;
        self
    }

    /// The client. Nothing is sent yet.
    pub fn build(self) -> Result<Client, Error> {
        let wrong = |why: &str| Error::Config(format!("the base URL {:?} {why}", self.base_url));
        let url = Url::parse(&self.base_url).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(wrong("has to begin with http:// or https://"));
        }
        if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
            return Err(wrong("may name scheme, host and port only"));
        }
        if let Proxies::This(proxy) = &self.proxies
            && !Url::parse(proxy).is_ok_and(|url| url.scheme() == "http" && url.host().is_some())
        {
            // Without what may be a password.
            return Err(Error::Config("the proxy has to be of the form http://host:port".to_owned()));
        }
        let base_url = url.as_str().trim_end_matches('/').to_owned();
        let tokens = match &self.credentials {
            Credentials::App { app_id, app_secret } => {
                Tokens::new(self.token_folder.as_deref(), &base_url, app_id, app_secret)
            }
            _ => Tokens::new(None, "", "", ""),
        };
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| {
            Error::Config("the user agent has characters that headers cannot hold".to_owned())
        })?;
        Ok(Client(Arc::new(Inner {
            base_url,
            tokens: Arc::new(tokens),
            transport: Arc::new(Transport::new(Connections::new(self.proxies, self.ca_file), self.timeout)),
            credentials: self.credentials,
            user_agent,
            retry: self.retry,
        })))
    }
}

/// An answer as it came, with the log id of the call.
#[derive(Clone, PartialEq)]
pub struct Answered {
    /// What stands under `data`, or the whole answer where it is flat.
    pub data: Value,
    /// Names the call to the platform's support.
    pub log_id: Option<String>,
    /// The header `Date`: the platform's clock when it answered.
    pub date: Option<String>,
}

impl fmt::Debug for Answered {
    /// Without the tokens in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered")
            .field("data", &Shown(&self.data))
            .field("log_id", &self.log_id)
            .field("date", &self.date)
            .finish()
    }
}

impl Client {
    /// A client that acts as the bot of an app.
    pub fn builder(app_id: impl Into<String>, app_secret: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(Credentials::App { app_id: app_id.into(), app_secret: app_secret.into() })
    }

    /// A client that uses a token it was given: of a tenant, or of a user.
    pub fn with_token(token: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(Credentials::Token(token.into()))
    }

    /// The same app, acting as a user whose tokens are kept.
    ///
    /// Its tokens are refreshed when they end, by one process for all that share them. Endpoints that take no user's token
    /// are refused before anything is sent.
    pub fn as_user(&self, tokens: &UserTokens, open_id: impl Into<String>) -> Result<Self, Error> {
        let (app_id, app_secret) = self.need_app()?;
        Ok(self.with(Credentials::User {
            app_id: app_id.to_owned(),
            app_secret: app_secret.to_owned(),
            tokens: tokens.clone(),
            open_id: open_id.into(),
        }))
    }

    /// The same platform and connections, as someone else.
    pub(crate) fn with(&self, credentials: Credentials) -> Self {
        Self(Arc::new(Inner { credentials, ..self.0.as_ref().clone() }))
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.0.transport
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }

    /// The platform this client talks to, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The proxy by which an address is reached, as `host:port`: without what may be a password.
    pub fn proxy_to(&self, url: &str) -> Option<String> {
        self.0.transport.connections.connector().proxy_of(&url.parse().ok()?)
    }

    /// Sends a request and gives the typed answer.
    pub async fn send<E: Endpoint<Response: Object>>(&self, request: E) -> Result<E::Response, Error> {
        self.upload(request, None).await
    }

    /// The same, telling how far a file has got.
    pub async fn upload<E: Endpoint<Response: Object>>(
        &self,
        request: E,
        progress: Option<&Progress>,
    ) -> Result<E::Response, Error> {
        let answered = self.call(E::META, wire::encode(request)?, progress).await?;
        typed(E::META, answered)
    }

    /// Sends a request that is already on the wire: what [`send`](Self::send) does, without types.
    ///
    /// A send that has no `uuid` gets one. Files are looked at before anything is sent.
    pub async fn call(
        &self,
        meta: &Meta,
        mut wire: Wire,
        progress: Option<&Progress>,
    ) -> Result<Answered, Error> {
        self.check(meta)?;
        let repeatable = make_repeatable(meta, &mut wire);
        if let WireBody::Multipart { files, .. } = &wire.body {
            check_files(meta, files).await?;
        }
        let mut retries = if self.0.retry { Retries::new(repeatable) } else { Retries::none() };
        loop {
            match self.try_call(meta, &wire, progress).await {
                Ok(answered) => return Ok(answered),
                Err(error) => match retries.wait(&error) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => return Err(error),
                },
            }
        }
    }

    /// All items of a paged answer, page after page as they are asked for.
    pub fn pages<E>(&self, request: E) -> impl Stream<Item = Result<E::Item, Error>> + Send + use<E>
    where
        E: Paged<Response: Object> + Clone + Sync,
        E::Item: Send,
    {
        let state = (self.clone(), Some(request), Vec::new().into_iter(), None::<String>);
        stream::try_unfold(state, |(client, mut next, mut items, mut last)| async move {
            loop {
                if let Some(item) = items.next() {
                    return Ok(Some((item, (client, next, items, last))));
                }
                let Some(request) = next.take() else { return Ok(None) };
                let page = E::page(client.send(request.clone()).await?);
                items = page.items.into_iter();
                if let Some(token) = page.page_token.filter(|token| page.has_more && !token.is_empty()) {
                    // A platform that names the same page again would be asked for ever.
                    if last.as_ref() == Some(&token) {
                        return Err(Error::Config("the platform gave the same page_token twice".to_owned()));
                    }
                    let mut request = request;
                    request.set_page_token(token.clone());
                    (next, last) = (Some(request), Some(token));
                }
            }
        })
    }

    /// Asks for bytes.
    pub async fn download<E: Endpoint<Response = Binary>>(&self, request: E) -> Result<Download, Error> {
        self.download_wire(E::META, wire::encode(request)?).await
    }

    /// The same, for a request that is already on the wire.
    pub async fn download_wire(&self, meta: &'static Meta, wire: Wire) -> Result<Download, Error> {
        self.check(meta)?;
        let response = self.fetch(meta, &wire, None).await?;
        Ok(Download::new(self.clone(), meta, wire, response))
    }

    /// The head of an answer whose body is bytes, from an offset if one is given.
    pub(crate) async fn fetch(
        &self,
        meta: &Meta,
        wire: &Wire,
        from: Option<u64>,
    ) -> Result<Response<Incoming>, Error> {
        let mut retries = if self.0.retry { Retries::new(true) } else { Retries::none() };
        loop {
            match self.try_fetch(meta, wire, from).await {
                Ok(response) => return Ok(response),
                Err(error) => match retries.wait(&error) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => return Err(error),
                },
            }
        }
    }

    async fn try_fetch(
        &self,
        meta: &Meta,
        wire: &Wire,
        from: Option<u64>,
    ) -> Result<Response<Incoming>, Error> {
        let mut refused = None;
        loop {
            let token = self.token(meta, refused.as_deref()).await?;
            let mut headers = HeaderMap::new();
            // One platform names the file only if the request says it is JSON.
            headers.insert(CONTENT_TYPE, JSON);
            if let Some(from) = from {
                headers.insert(RANGE, header(&format!("bytes={from}-"))?);
            }
            let response = self.request(wire, token.as_deref(), headers, transport::full("")).await?;
            if response.status().is_success() {
                return Ok(response);
            }
            let error = self.refused(meta, wire, response).await?;
            match (&error, token) {
                (Error::Api(error), Some(token)) if self.renew(error, &token, &mut refused) => {}
                _ => return Err(error),
            }
        }
    }

    async fn try_call(
        &self,
        meta: &Meta,
        wire: &Wire,
        progress: Option<&Progress>,
    ) -> Result<Answered, Error> {
        let mut refused = None;
        loop {
            let token = self.token(meta, refused.as_deref()).await?;
            let mut headers = HeaderMap::new();
            headers.extend(self.basic(meta)?.map(|basic| (AUTHORIZATION, basic)));
            let body = match &wire.body {
                WireBody::None => transport::full(""),
                WireBody::Json(value) => {
                    headers.insert(CONTENT_TYPE, JSON);
                    transport::full(value.to_string())
                }
                WireBody::Form(pairs) => {
                    headers.insert(CONTENT_TYPE, FORM);
                    transport::full(
                        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish(),
                    )
                }
                WireBody::Multipart { texts, files } => {
                    let boundary = format!("larkspur-{}", random_hex()?);
                    let form = Multipart::new(texts, files, &boundary).await?;
                    headers.insert(CONTENT_TYPE, header(&form.content_type)?);
                    headers.insert(CONTENT_LENGTH, form.length.into());
                    form.body(progress).await?
                }
            };
            let response = self.request(wire, token.as_deref(), headers, body).await?;
            let (status, log_id) = (response.status().as_u16(), log_id(response.headers()));
            let (retry_after, date) = (retry_after(response.headers()), date(response.headers()));
            let url = format!("{}{}", self.host(&wire.path), wire.path);
            let bytes = self.0.transport.collect(&url, response.into_body()).await?;
            let body = envelope(meta, &url, status, &log_id, &bytes)?;
            if is_success(meta, status, &body) {
                let data = if meta.flat { body } else { take_data(body) };
                return Ok(Answered { data, log_id, date });
            }
            let error = ApiError { date, ..ApiError::read(status, log_id, retry_after, body) };
            match token {
                Some(token) if self.renew(&error, &token, &mut refused) => {}
                _ => return Err(error.into()),
            }
        }
    }

    async fn request(
        &self,
        wire: &Wire,
        token: Option<&str>,
        headers: HeaderMap,
        body: Body,
    ) -> Result<Response<Incoming>, Error> {
        let mut request = Request::builder()
            .method(wire.method.as_str())
            .uri(format!("{}{}", self.host(&wire.path), wire.target()))
            .body(body)
            .map_err(|error| Error::Config(format!("the request cannot be built: {error}")))?;
        *request.headers_mut() = headers;
        request.headers_mut().insert(USER_AGENT, self.0.user_agent.clone());
        if let Some(token) = token {
            let mut value = header(&format!("Bearer {token}"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        self.0.transport.send(request).await
    }

    /// Where a path is: the vendor keeps logins on hosts of their own.
    fn host(&self, path: &str) -> &str {
        if path.starts_with("/oauth/") { accounts(&self.0.base_url) } else { &self.0.base_url }
    }

    async fn refused(&self, meta: &Meta, wire: &Wire, response: Response<Incoming>) -> Result<Error, Error> {
        let (status, log_id) = (response.status().as_u16(), log_id(response.headers()));
        let (retry_after, date) = (retry_after(response.headers()), date(response.headers()));
        let url = format!("{}{}", self.host(&wire.path), wire.path);
        let bytes = self.0.transport.collect(&url, response.into_body()).await?;
        let body = envelope(meta, &url, status, &log_id, &bytes)?;
        Ok(ApiError { date, ..ApiError::read(status, log_id, retry_after, body) }.into())
    }
}

/// Gives a send that lacks a `uuid` one. Tells whether doing it twice is then the same as once.
fn make_repeatable(meta: &Meta, wire: &mut Wire) -> bool {
    if meta.method == Method::GET || !meta.write {
        return true;
    }
    // A picture that is uploaded twice has two keys, and one of them is never used. What a code or a token is exchanged for
    // is lost with the answer, so that asking again is the one hope.
    if meta.is_multipart() || meta.oauth {
        return true;
    }
    let Some(place) = meta.fields.iter().find(|field| field.name == "uuid").map(|field| field.place) else {
        return false;
    };
    let Ok(uuid) = random_hex() else { return false };
    match (place, &mut wire.body) {
        (Place::Query, _) => {
            if !wire.query.iter().any(|(name, _)| name == "uuid") {
                wire.query.push(("uuid".to_owned(), uuid));
            }
        }
        (_, WireBody::Json(Value::Object(fields))) => {
            fields.entry("uuid").or_insert_with(|| Value::String(uuid));
        }
        _ => return false,
    }
    true
}

/// 32 random hex digits.
fn random_hex() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::Config(format!("this machine gives no randomness: {error}")))?;
    Ok(hex::encode(bytes))
}

/// Refuses files that the platform would refuse, before a byte is sent.
async fn check_files(meta: &Meta, files: &[(String, FilePart)]) -> Result<(), Error> {
    for (name, part) in files {
        let size = match &part.content {
            FileContent::Bytes(bytes) => bytes.len() as u64,
            FileContent::Path(path) => {
                let failed = |source| Error::File { path: path.clone(), source };
                let about = tokio::fs::metadata(path).await.map_err(failed)?;
                if !about.is_file() {
                    return Err(failed(std::io::Error::other("not a file")));
                }
                about.len()
            }
        };
        let shown = part.file_name.as_deref().unwrap_or("the file");
        let max = meta
            .fields_in(Place::File)
            .find(|field| field.name == name)
            .and_then(|field| field.rules.max_len);
        if size == 0 {
            return Err(resource::EMPTY.field(name, shown, "it is empty").into());
        }
        if let Some(max) = max.filter(|max| size > *max as u64) {
            let what = format!("it has {size} bytes, at most {max} are taken");
            return Err(resource::TOO_LARGE.field(name, shown, what).into());
        }
    }
    Ok(())
}

pub(crate) fn header(value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(value).map_err(|_| Error::Config("a header cannot hold this value".to_owned()))
}

fn log_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-tt-logid").or_else(|| headers.get("x-request-id"))?;
    value.to_str().ok().map(str::to_owned)
}

fn date(headers: &HeaderMap) -> Option<String> {
    headers.get(DATE)?.to_str().ok().map(str::to_owned)
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get("x-ogw-ratelimit-reset").or_else(|| headers.get("retry-after"))?;
    Some(Duration::from_secs(value.to_str().ok()?.trim().parse().ok()?))
}

fn envelope(
    meta: &Meta,
    url: &str,
    status: u16,
    log_id: &Option<String>,
    bytes: &[u8],
) -> Result<Value, Error> {
    // Official clients take an empty answer to a revocation for a good one.
    if meta.oauth && status < 400 && bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let is_ours = |body: &Value| {
        body.get("code").is_some_and(Value::is_i64)
            || meta.oauth
                && (body.get("error").is_some_and(Value::is_string) || body.is_object() && status < 400)
    };
    match serde_json::from_slice::<Value>(bytes) {
        Ok(body) if is_ours(&body) => Ok(body),
        _ => Err(Error::NotThePlatform {
            url: url.to_owned(),
            status,
            excerpt: excerpt(meta, &String::from_utf8_lossy(bytes)),
            log_id: log_id.clone(),
        }),
    }
}

/// The beginning of a text for an error. What may hold tokens is not shown.
fn excerpt(meta: &Meta, text: &str) -> String {
    if meta.oauth && text.contains("token") {
        "(not shown: it may hold tokens)".to_owned()
    } else {
        text.chars().take(EXCERPT).collect()
    }
}

/// OAuth endpoints may leave `code` out, and then name an `error` if there is one.
fn is_success(meta: &Meta, status: u16, body: &Value) -> bool {
    let code = body.get("code").and_then(Value::as_i64);
    let is_silent = meta.oauth && code.is_none() && body.get("error").is_none();
    status < 400 && (code == Some(0) || is_silent)
}

fn take_data(mut body: Value) -> Value {
    match body.get_mut("data").map(Value::take) {
        None | Some(Value::Null) => Value::Object(Map::new()),
        Some(data) => data,
    }
}

fn typed<T: DeserializeOwned>(meta: &Meta, answered: Answered) -> Result<T, Error> {
    let Answered { data, log_id, .. } = answered;
    serde_json::from_value(data).map_err(|error| Error::NotThePlatform {
        url: meta.path.to_owned(),
        status: 200,
        excerpt: format!("the answer of {} does not read: {}", meta.id, excerpt(meta, &error.to_string())),
        log_id,
    })
}
