//! `larkspur im +chat-messages-list`

use std::{path::PathBuf, process::ExitCode};

use clap::{ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use futures_util::{StreamExt, TryStreamExt, stream};
use larkspur::{
    Client,
    content::Received,
    id::ChatId,
    im::v1::{
        message::{
            Message,
            list::{Request, Response, SortType},
        },
        message_resource::{self, get::ResourceType},
    },
    time::Seconds,
    wire,
};
use larkspur_api::Endpoint;
use serde_json::{Map, Value, json};

use super::{Shortcut, id};
use crate::{
    commands::{block_on, resource::all_pages},
    common::{self, Common},
    failure::{Failure, Kind, Result},
    input,
    output::Success,
    plan, readable, settings,
    tree::{switch, value},
};

pub(crate) const SHORTCUT: Shortcut =
    Shortcut { name: "+chat-messages-list", about: "List the messages of a chat, for reading", define, run };

/// How many threads or files are asked for at the same time.
const AT_ONCE: usize = 4;

/// How many replies of a thread are shown, and of all threads together.
const REPLIES: i64 = 50;
const ALL_REPLIES: usize = 500;

const AFTER: &str = "\
Times: 2026-11-20, 2026-11-20T08:30, with or without a zone, seconds since 1970, or how long ago: 2h, 7d.

Examples:
  larkspur im +chat-messages-list --chat-id oc_… --start 2h
  larkspur im +chat-messages-list --chat-id oc_… --page-all --format ndjson
  larkspur im +chat-messages-list --chat-id oc_… --format pretty";

fn define(command: Command) -> Command {
    let command = command
        .after_help(AFTER)
        .arg(value("chat-id", "ID", "The chat: oc_…").alias("chat_id").help_heading("Chat"))
        .arg(
            value("user-id", "ID", "The one-to-one chat with this user: ou_…; with --as user only")
                .conflicts_with("chat-id")
                .help_heading("Chat"),
        )
        .arg(value("start", "TIME", "From this time on").alias("start-time"))
        .arg(value("end", "TIME", "Up to this time; a date alone means its end").alias("end-time"))
        .arg(
            value("order", "ORDER", "Newest or oldest first")
                .alias("sort")
                .alias("sort-order")
                .value_parser(PossibleValuesParser::new(["asc", "desc"]))
                .default_value("desc"),
        )
        .arg(
            value("page-size", "N", "How many to a page, 1 to 50")
                .alias("limit")
                .value_parser(value_parser!(i64).range(1..=50))
                .default_value("50"),
        )
        .arg(value("page-token", "TOKEN", "The page to get, as the one before named it"))
        .arg(switch("page-all", "Get page after page"))
        .arg(
            value("page-limit", "N", "How many pages --page-all gets at most; 0 for all")
                .value_parser(value_parser!(u64)),
        )
        .arg(switch("no-threads", "Do not get the replies of threads"))
        .arg(switch("no-reactions", "Do not get reactions (none are got at present)").hide(true))
        .arg(
            value("download-resources", "DIR", "Save every picture and file of the messages here")
                .num_args(0..=1)
                .default_missing_value("resources")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(switch("raw", "Print the messages as the API gives them"));
    common::flags(command)
}

fn request(matches: &ArgMatches) -> Result<Request> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    if matches.contains_id("user-id") {
        return Err(Failure::new(
            Kind::Authentication,
            "a one-to-one chat is found by its user only with a user's token",
        )
        .hint("pass --chat-id: sending to the user prints the chat_id"));
    }
    let chat_id: ChatId = id(matches, "chat-id")?.ok_or_else(|| {
        Failure::usage("--chat-id is missing").hint("`larkspur im chats list` shows the chats")
    })?;
    let time = |flag: &str, end: bool| {
        text(flag).map(|time| input::seconds(&time, flag, end).map(Seconds)).transpose()
    };
    let (start_time, end_time) = (time("start", false)?, time("end", true)?);
    if let (Some(start), Some(end)) = (start_time, end_time)
        && end < start
    {
        return Err(Failure::usage("--end is before --start").param("end"));
    }
    let order = if text("order").as_deref() == Some("asc") {
        SortType::ByCreateTimeAsc
    } else {
        SortType::ByCreateTimeDesc
    };
    Ok(Request {
        start_time,
        end_time,
        sort_type: Some(order),
        page_size: matches.get_one::<i64>("page-size").copied(),
        page_token: text("page-token"),
        with_sender_name: Some(true),
        ..Request::of_chat(chat_id)
    })
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let wire = wire::encode(request(matches)?).map_err(larkspur::Error::from)?;
    let identity = settings::caller(Request::META, &common)?;
    if common.dry_run {
        let data = json!({"api": [plan::shown(&wire, None)]});
        Success { dry_run: true, ..Success::new(identity, data) }.print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    let limit = matches.get_one::<u64>("page-limit").copied();
    let limit = if matches.get_flag("page-all") { limit.unwrap_or(0) } else { limit.unwrap_or(1) };
    let success = block_on(async {
        let client = settings::client(Request::META, &common)?;
        let data = all_pages(&client, Request::META, wire, limit).await?;
        let page: Response = serde_json::from_value(data.clone())
            .map_err(|error| Failure::new(Kind::Network, format!("the answer does not read: {error}")))?;
        let raw = matches.get_flag("raw");
        let mut messages: Vec<Value> = match raw {
            true => data.get("items").and_then(Value::as_array).cloned().unwrap_or_default(),
            false => page.items.iter().map(readable::message).collect(),
        };
        if !raw && !matches.get_flag("no-threads") {
            add_threads(&client, &page.items, &mut messages).await?;
        }
        if let Some(folder) = matches.get_one::<PathBuf>("download-resources") {
            let client = settings::helper(message_resource::get::Request::META, &common)?;
            download(&client, folder, &page.items, &mut messages).await?;
        }
        let pretty = page.items.iter().map(transcript).collect::<Vec<_>>().join("\n");
        let mut data = Map::new();
        data.insert("messages".to_owned(), messages.into());
        data.insert("total".to_owned(), page.items.len().into());
        data.insert("has_more".to_owned(), page.has_more.into());
        data.insert("page_token".to_owned(), page.page_token.unwrap_or_default().into());
        Ok(Success { pretty: Some(pretty), ..Success::new(identity, data.into()) })
    })?;
    success.print(&common)?;
    Ok(ExitCode::SUCCESS)
}

/// A message as a line of a transcript.
fn transcript(message: &Message) -> String {
    let time = input::shown_time(message.create_time.0);
    let time = time.get(..16).unwrap_or_default().replace('T', " ");
    let sender = message.sender.as_ref();
    let name = sender
        .and_then(|sender| sender.sender_name.clone())
        .or_else(|| sender.map(|sender| sender.id.clone()));
    format!("{time}  {}: {}", name.unwrap_or_default(), readable::content(message))
}

/// Puts the replies of each thread below its root.
async fn add_threads(client: &Client, items: &[Message], messages: &mut [Value]) -> Result<()> {
    let roots: Vec<_> = items.iter().enumerate().filter(|(_, message)| message.thread_id.is_some()).collect();
    let replies: Vec<(usize, Response)> = stream::iter(roots)
        .map(|(index, message)| async move {
            let thread_id = message.thread_id.clone().unwrap_or_default();
            let request = Request {
                page_size: Some(REPLIES),
                with_sender_name: Some(true),
                ..Request::of_thread(thread_id)
            };
            let page = client.send(request).await?;
            Ok::<_, Failure>((index, page))
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    let mut left = ALL_REPLIES;
    for (index, page) in replies {
        let root = items.get(index).map(|message| message.message_id.clone());
        let shown: Vec<_> = page
            .items
            .iter()
            .filter(|reply| Some(&reply.message_id) != root.as_ref())
            .take(left)
            .map(readable::message)
            .collect();
        left -= shown.len();
        if let Some(Value::Object(message)) = messages.get_mut(index) {
            message.insert("thread_replies".to_owned(), shown.into());
            message.insert("thread_has_more".to_owned(), (page.has_more || left == 0).into());
        }
    }
    Ok(())
}

/// Saves what the messages hold, and says with each where it is.
async fn download(
    client: &Client,
    folder: &PathBuf,
    items: &[Message],
    messages: &mut [Value],
) -> Result<()> {
    tokio::fs::create_dir_all(folder)
        .await
        .map_err(|error| Failure::usage(format!("{}: {error}", folder.display())))?;
    let wanted: Vec<_> = items
        .iter()
        .enumerate()
        .flat_map(|(index, message)| {
            resources(message).into_iter().map(move |(key, kind)| (index, message, key, kind))
        })
        .collect();
    let saved: Vec<(usize, Value)> = stream::iter(wanted)
        .map(|(index, message, key, kind)| async move {
            let request = message_resource::get::Request::new(message.message_id.clone(), key.as_str(), kind.clone());
            let download = client.download(request).await?;
            let name = download.file_name.clone().unwrap_or_else(|| key.clone());
            let path = folder.join(format!("{key}-{}", name.replace(['/', '\\'], "_")));
            let size = download.save(&path, None).await?;
            let entry = json!({"key": key, "type": kind.as_str(), "local_path": path.display().to_string(), "size_bytes": size});
            Ok::<_, Failure>((index, entry))
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
    for (index, entry) in saved {
        if let Some(Value::Object(message)) = messages.get_mut(index) {
            let list = message.entry("resources").or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(entry);
            }
        }
    }
    Ok(())
}

/// The pictures and files that can be downloaded out of a message.
fn resources(message: &Message) -> Vec<(String, ResourceType)> {
    let image = |key: &str| (key.to_owned(), ResourceType::Image);
    let file = |key: &str| (key.to_owned(), ResourceType::File);
    match message.content() {
        _ if message.deleted => Vec::new(),
        Received::Image(content) => vec![image(content.image_key.as_str())],
        Received::File(content) => vec![file(content.file_key.as_str())],
        Received::Audio(content) => vec![file(content.file_key.as_str())],
        Received::Media(content) => vec![file(content.file_key.as_str())],
        Received::Post(post) => post
            .content
            .iter()
            .flatten()
            .filter_map(|node| match node {
                larkspur::content::post::Node::Img(img) => Some(image(img.image_key.as_str())),
                larkspur::content::post::Node::Media(media) => Some(file(media.file_key.as_str())),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
