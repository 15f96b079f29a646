//! `larkspur quickstart`: the main job from end to end, on a platform in memory.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use clap::{Arg, ArgMatches, Command, value_parser};
use futures_util::TryStreamExt;
use larkspur::{
    Client,
    content::{Content, Received},
    im::v1::{
        image::create::ImageType,
        message::{self, Message},
        message_resource::{self, get::ResourceType},
    },
};
use larkspur_server::{Platform, picture};

use crate::{
    failure::{Failure, Kind, Result},
    media::{self, Media, Purpose, Source},
    output, plan, readable,
    tree::switch,
};

/// The picture that is sent when none is named.
const PICTURE: &[u8] = include_bytes!("larkspur.png");

const AFTER: &str = "\
It starts the platform in memory, uploads the files, sends them to a group, replies, lists the group,
downloads everything again and compares it with what was sent.

Examples:
  larkspur quickstart
  larkspur quickstart cat.png report.pdf
  larkspur quickstart --serve";

pub(crate) fn command() -> Command {
    Command::new("quickstart")
        .about("Go the whole round on a platform in memory: upload, send, reply, list, download, compare")
        .after_help(AFTER)
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help("What to send; by default a picture that comes along"),
        )
        .arg(switch("serve", "Stay up afterwards, until Ctrl-C"))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let files: Vec<PathBuf> = matches.get_many::<PathBuf>("file").into_iter().flatten().cloned().collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    runtime.block_on(round(files, matches.get_flag("serve")))
}

/// Something to send, and its bytes to compare with.
struct Item {
    media: Media,
    bytes: Bytes,
}

async fn items(files: Vec<PathBuf>) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    if files.is_empty() {
        let bytes = Bytes::from_static(PICTURE);
        let mut media =
            media::load(Source::Bytes(bytes.clone()), Purpose::Image(ImageType::Message), false).await?;
        media.label = "larkspur.png".to_owned();
        items.push(Item { media, bytes });
    }
    for path in files {
        let read =
            std::fs::read(&path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        let is_picture = picture::inspect(&read, false, &ImageType::Message).is_ok();
        let purpose = if is_picture { Purpose::Image(ImageType::Message) } else { Purpose::File };
        items
            .push(Item { media: media::load(Source::File(path), purpose, false).await?, bytes: read.into() });
    }
    Ok(items)
}

async fn round(files: Vec<PathBuf>, serve: bool) -> Result<ExitCode> {
    let items = items(files).await?;
    let failed = |error: larkspur_server::StartError| Failure::new(Kind::Internal, error.to_string());
    let platform = Platform::start().await.map_err(failed)?;
    let workspace = platform.workspace().clone();
    let client =
        Client::builder(&workspace.app_id, &workspace.app_secret).base_url(platform.base_url()).build()?;
    tell(
        "platform",
        &format!("{} with {} users and a group, in memory", platform.base_url(), workspace.users.len()),
    )?;

    let mut sent = Vec::new();
    for item in &items {
        let key = plan::send_media(&client, &item.media).await?;
        tell("uploaded", &format!("{} ({}) as {key}", item.media.label, size(item.bytes.len())))?;
        let content = match item.media.purpose {
            Purpose::Image(_) => Content::image(key.as_str()),
            _ => Content::file(key.as_str()),
        };
        let message =
            client.send(message::create::Request::to_chat(workspace.chat_id.as_str(), &content)).await?;
        tell("sent", &format!("{} to {}", message.message_id, workspace.chat_id))?;
        sent.push((item, key, message));
    }
    if let Some((item, _, message)) = sent.first() {
        show_picture(item)?;
        let text = Content::text(format!("{} arrived", item.media.label));
        let reply = client.send(message::reply::Request::with(message.message_id.clone(), &text)).await?;
        tell("replied", &format!("{} to {}", reply.message_id, message.message_id))?;
    }

    let listed: Vec<Message> =
        client.pages(message::list::Request::of_chat(workspace.chat_id.as_str())).try_collect().await?;
    tell("listed", &format!("{} messages", listed.len()))?;
    for message in &listed {
        output::line(&format!("            {}", crate::table::harmless(&readable::content(message), false)))?;
    }

    for (item, key, message) in &sent {
        let kind = if matches!(item.media.purpose, Purpose::Image(_)) {
            ResourceType::Image
        } else {
            ResourceType::File
        };
        let request = message_resource::get::Request::new(message.message_id.clone(), key.as_str(), kind);
        let back = client.download(request).await?.bytes(64 << 20).await?;
        if back == item.bytes {
            tell(
                "compared",
                &format!("{} came back as it was sent, {}", item.media.label, size(back.len())),
            )?;
        } else if picture::is_converted(&item.bytes) {
            tell(
                "compared",
                &format!(
                    "{} came back as JPEG, {}: the platform converts TIFF and HEIC",
                    item.media.label,
                    size(back.len())
                ),
            )?;
        } else {
            return Err(Failure::new(Kind::Internal, format!("{} came back changed", item.media.label)));
        }
    }
    if listed.iter().any(|message| matches!(message.content(), Received::Other { .. })) {
        return Err(Failure::new(Kind::Internal, "a message came back that cannot be read"));
    }
    if serve {
        let ready = serde_json::to_string(platform.ready()).unwrap_or_default();
        tell("serving", "until Ctrl-C; clients need this:")?;
        output::line(&ready)?;
        let _ = tokio::signal::ctrl_c().await;
    } else {
        tell("done", "next: `larkspur serve` keeps running; point any SDK at its base_url")?;
    }
    platform.stop().await;
    Ok(ExitCode::SUCCESS)
}

fn tell(what: &str, rest: &str) -> Result<()> {
    output::line(&format!("{what:>10}  {rest}"))
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

/// Shows a picture in terminals that can show one.
fn show_picture(item: &Item) -> Result<()> {
    if !matches!(item.media.purpose, Purpose::Image(_)) || !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let Some(escape) = inline(&item.bytes) else { return Ok(()) };
    let mut stdout = std::io::stdout().lock();
    let written = stdout
        .write_all(escape.as_bytes())
        .and_then(|()| stdout.write_all(b"\n"))
        .and_then(|()| stdout.flush());
    written.map_err(|error| Failure::new(Kind::Internal, error.to_string()))
}

/// The escape sequence that shows a picture here, if there is one.
fn inline(bytes: &[u8]) -> Option<String> {
    let is =
        |name: &str, values: &[&str]| std::env::var(name).is_ok_and(|value| values.contains(&value.as_str()));
    let encoded = STANDARD.encode(bytes);
    if is("TERM", &["xterm-kitty", "xterm-ghostty"]) && bytes.starts_with(b"\x89PNG") {
        let mut out = String::new();
        let chunks: Vec<_> = encoded.as_bytes().chunks(4096).collect();
        for (index, chunk) in chunks.iter().enumerate() {
            let first = if index == 0 { "a=T,f=100,r=8," } else { "" };
            let more = u8::from(index + 1 < chunks.len());
            out.push_str(&format!("\x1b_G{first}m={more};{}\x1b\\", String::from_utf8_lossy(chunk)));
        }
        return Some(out);
    }
    if is("TERM_PROGRAM", &["iTerm.app", "WezTerm", "vscode"]) {
        return Some(format!("\x1b]1337;File=inline=1;height=8;size={}:{encoded}\x07", bytes.len()));
    }
    None
}
