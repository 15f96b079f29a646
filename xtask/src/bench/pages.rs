//! A chat with 1,000,000 messages: pages at both ends and in the middle, and the memory it takes.

use anyhow::Result;
use larkspur::{Client, im::v1::message::list};
use tokio::runtime::Runtime;

use super::{
    Programs, Row,
    tools::{self, Serve},
};

const MESSAGES: u64 = 1_000_000;

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let serve = Serve::start(programs)?;
    let idle = serve.memory()?;
    let mut sent = 0;
    while sent < MESSAGES {
        sent += tools::wrk(&serve.ready.base_url, 64, 10, &serve.sends())?.requests;
    }
    let full = serve.memory()?;

    let list = format!("im/v1/messages?container_id_type=chat&container_id={}&page_size=50", serve.chat_id());
    let tokens = Runtime::new()?.block_on(tokens(&serve))?;
    let load = |token: Option<&String>| -> Result<f64> {
        let path = token.map_or_else(|| list.clone(), |token| format!("{list}&page_token={token}"));
        let script = format!(
            "wrk.path = \"/open-apis/{path}\"\nwrk.headers[\"Authorization\"] = \"Bearer {}\"\n",
            serve.token
        );
        Ok(tools::wrk(&serve.ready.base_url, 1, 4, &script)?.p50)
    };
    let first = load(None)?;
    let middle = load(tokens.get(tokens.len() / 2))?;
    let last = load(tokens.last())?;
    Ok(vec![
        Row::new("a page of 50 in the middle of 1,000,000 messages", middle, "the first page", first, "ms"),
        Row::new("the last page of 1,000,000 messages", last, "the first page", first, "ms"),
        Row::new("`serve`, memory after 1,000,000 messages", full, "when idle", idle, "MB"),
    ])
}

/// The tokens of all pages but the first.
async fn tokens(serve: &Serve) -> Result<Vec<String>> {
    let client = Client::with_token(&serve.token).base_url(&serve.ready.base_url).build()?;
    let mut request = list::Request { page_size: Some(50), ..list::Request::of_chat(serve.chat_id()) };
    let mut tokens = Vec::new();
    loop {
        let page = client.send(request.clone()).await?;
        let Some(token) = page.page_token.filter(|_| page.has_more) else { return Ok(tokens) };
        tokens.push(token.clone());
        request.page_token = Some(token);
    }
}
