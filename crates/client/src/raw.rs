//! Requests that are sent as they are.

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, header::USER_AGENT};

use crate::{client::Client, error::Error, transport};

impl Client {
    /// Sends a request as it is, and gives the answer as it came: without a token but one in its headers,
    /// without a check, and once. The URI is a path, with a query if it needs one.
    pub async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let (mut head, body) = request.into_parts();
        let url = format!("{}{}", self.base_url(), head.uri);
        head.uri = url.parse::<Uri>().map_err(|error| Error::Config(format!("{url}: {error}")))?;
        let agent: HeaderValue = self.user_agent().clone();
        head.headers.entry(USER_AGENT).or_insert(agent);
        let shown = transport::shown(&head.uri);
        let response = self.transport().send(Request::from_parts(head, transport::full(body))).await?;
        let (head, body) = response.into_parts();
        Ok(Response::from_parts(head, self.transport().collect(&shown, body).await?))
    }
}
