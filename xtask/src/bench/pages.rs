//! Long lists: pages at both ends and between them, and the memory that it takes.
//!
//! `LARKSPUR_BENCH_MESSAGES` and `LARKSPUR_BENCH_MEMBERS` say how long they are.

use anyhow::{Context, Result, ensure};
use larkspur::{
    Client, Endpoint, Paged,
    endpoint::Object,
    id::ChatId,
    im::{
        v1::{
            chat, chat_members,
            message::{self, list::ContainerIdType},
        },
        v2,
    },
    platform::user,
    wire,
};
use tokio::runtime::Runtime;

use super::{
    Programs, Row,
    tools::{self, Serve},
};

/// How many messages the chat has.
const MESSAGES: u64 = 1_000_000;

/// How many of them there are for one reply in the thread.
const PER_REPLY: u64 = 5;

/// How many members it has.
const MEMBERS: u64 = 5_000;

/// How many groups there are to be found.
const GROUPS: u64 = 2_000;

/// Where pages are measured, in percent of the list.
const PLACES: [usize; 5] = [1, 25, 50, 75, 100];

/// How many characters the longest bar has.
const BAR: f64 = 40.0;

/// A list, and what its pages take.
struct Curve {
    list: String,
    /// In ms, by [`PLACES`].
    took: Vec<f64>,
}

pub(crate) fn measure(programs: &Programs) -> Result<Vec<Row>> {
    let (messages, members) =
        (variable("LARKSPUR_BENCH_MESSAGES", MESSAGES)?, variable("LARKSPUR_BENCH_MEMBERS", MEMBERS)?);
    let runtime = Runtime::new()?;
    let serve = Serve::start(programs)?;
    let client = Client::with_token(&serve.token).base_url(&serve.ready.base_url).build()?;
    let idle = serve.memory()?;
    write(&serve, messages, &serve.sends())?;
    let root = runtime.block_on(thread(&client, serve.chat_id()))?;
    write(&serve, messages / PER_REPLY, &serve.replies(&root.0))?;
    runtime.block_on(join(&client, serve.chat_id(), members))?;
    runtime.block_on(groups(&client))?;
    let full = serve.memory()?;

    let chat_id = serve.chat_id();
    let of_members =
        chat_members::get::Request { page_size: Some(100), ..chat_members::get::Request::new(chat_id) };
    let found = || chat::search::Request {
        query: Some("Group".to_owned()),
        page_size: Some(20),
        ..Default::default()
    };
    let found_v2 = || v2::chat::search::Request {
        query: Some("Group".to_owned()),
        page_size: Some(20),
        ..Default::default()
    };
    let list = |kind, id: &str| message::list::Request {
        page_size: Some(50),
        ..message::list::Request::new(kind, id)
    };
    // A list more is a line more.
    let curves = [
        curve(
            &runtime,
            &serve,
            &client,
            format!("{messages} messages of a chat"),
            list(ContainerIdType::Chat, chat_id),
        )?,
        curve(
            &runtime,
            &serve,
            &client,
            "replies of a thread".to_owned(),
            list(ContainerIdType::Thread, &root.1),
        )?,
        curve(&runtime, &serve, &client, format!("{members} members of a chat"), of_members)?,
        curve(&runtime, &serve, &client, format!("{GROUPS} groups found"), found())?,
        curve(&runtime, &serve, &client, format!("{GROUPS} groups found, v2"), found_v2())?,
    ];
    for one in &curves {
        draw(one);
    }
    let mut rows = Vec::new();
    for Curve { list, took } in curves {
        for (place, took_there) in PLACES.iter().zip(&took).skip(1) {
            rows.push(Row::new(
                format!("{list}: the page at {place} %"),
                *took_there,
                "at 1 %",
                took[0],
                "ms",
            ));
        }
    }
    rows.push(Row::new("`serve`, memory with all that", full, "when idle", idle, "MB"));
    Ok(rows)
}

fn variable(name: &str, default: u64) -> Result<u64> {
    std::env::var(name).map_or(Ok(default), |value| value.parse().with_context(|| name.to_owned()))
}

/// Sends so many messages.
fn write(serve: &Serve, messages: u64, script: &str) -> Result<()> {
    let mut sent = 0;
    while sent < messages {
        sent += tools::wrk(&serve.ready.base_url, 64, if messages - sent < 50_000 { 1 } else { 10 }, script)?
            .requests;
    }
    Ok(())
}

/// A message with a thread below it, and the thread.
async fn thread(client: &Client, chat_id: &str) -> Result<(String, String)> {
    let content = larkspur::content::Content::text("root");
    let root = client.send(message::create::Request::to_chat(chat_id, &content)).await?;
    let first = message::reply::Request {
        reply_in_thread: Some(true),
        ..message::reply::Request::new(root.message_id.clone(), content.to_wire(), content.msg_type())
    };
    let thread_id = client.send(first).await?.thread_id.context("a thread")?;
    Ok((root.message_id.as_str().to_owned(), thread_id.as_str().to_owned()))
}

/// Fills the group up.
async fn join(client: &Client, chat_id: &str, members: u64) -> Result<()> {
    let there = client.send(chat_members::get::Request::new(chat_id)).await?.member_total;
    let mut ids = Vec::new();
    for number in u64::try_from(there)?..members {
        let new = client.send(user::create::Request::new(format!("Member {number}"))).await?;
        ids.push(new.union_id.as_str().to_owned());
    }
    for some in ids.chunks(50) {
        let added = chat_members::create::Request {
            member_id_type: Some(chat_members::MemberIdType::UnionId),
            id_list: Some(some.to_vec()),
            ..chat_members::create::Request::new(ChatId::from(chat_id))
        };
        client.send(added).await?;
    }
    Ok(())
}

/// Makes groups with names to be found by.
async fn groups(client: &Client) -> Result<()> {
    for number in 0..GROUPS {
        let name = Some(format!("Group {number}"));
        client.send(chat::create::Request { name, ..Default::default() }).await?;
    }
    Ok(())
}

/// What the pages of a list take.
fn curve<E: Endpoint<Response: Object> + Paged + Clone>(
    runtime: &Runtime,
    serve: &Serve,
    client: &Client,
    list: String,
    request: E,
) -> Result<Curve> {
    let tokens = runtime.block_on(tokens(client, request.clone()))?;
    ensure!(tokens.len() >= PLACES.len(), "{list}: too few pages");
    let mut took = Vec::new();
    for place in PLACES {
        let mut request = request.clone();
        request.set_page_token(tokens[(tokens.len() - 1) * place / 100].clone());
        let wire = wire::encode(request)?;
        let body = match &wire.body {
            wire::Body::Json(body) => format!("wrk.body = [[{body}]]\n"),
            wire::Body::None | wire::Body::Form(_) | wire::Body::Multipart { .. } => String::new(),
        };
        let script = format!(
            "wrk.method = \"{}\"\nwrk.path = \"{}\"\n{body}wrk.headers[\"Authorization\"] = \"Bearer {}\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n",
            wire.method.as_str(),
            wire.target(),
            serve.token
        );
        took.push(tools::wrk(&serve.ready.base_url, 1, 2, &script)?.p50);
    }
    Ok(Curve { list, took })
}

/// The tokens of all pages but the first.
async fn tokens<E: Endpoint<Response: Object> + Paged + Clone>(
    client: &Client,
    mut request: E,
) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    loop {
        let page = E::page(client.send(request.clone()).await?);
        let Some(token) = page.page_token.filter(|_| page.has_more) else { return Ok(tokens) };
        tokens.push(token.clone());
        request.set_page_token(token);
    }
}

/// Draws a curve beside the table.
fn draw(curve: &Curve) {
    let most = curve.took.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    eprintln!("{}, ms a page:", curve.list);
    for (place, took) in PLACES.iter().zip(&curve.took) {
        eprintln!("{place:>5} % {:<40} {took:.2}", "█".repeat((took / most * BAR).round() as usize));
    }
}
