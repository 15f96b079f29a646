//! `larkspur im +messages-resources-download`

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use larkspur::{
    Download,
    id::MessageId,
    im::v1::message_resource::get::{Request, ResourceType},
    wire,
};
use larkspur_api::Endpoint;
use serde_json::json;

use super::{Shortcut, id};
use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Kind, Result},
    output::Success,
    plan, progress, settings,
    tree::value,
};

pub(crate) const SHORTCUT: Shortcut = Shortcut {
    name: "+messages-resources-download",
    about: "Download a picture or file that stands in a message",
    define,
    run,
};

fn define(command: Command) -> Command {
    let command = command
        .arg(value("message-id", "ID", "The message: om_…").alias("message_id").required(true))
        .arg(value("file-key", "KEY", "The image_key or file_key in it").alias("file_key").required(true))
        .arg(
            value("type", "TYPE", "Which of the two that is; by default the key tells")
                .value_parser(PossibleValuesParser::new(["image", "file"])),
        )
        .arg(
            value(
                "output",
                "PATH",
                "Where to put it: a file, a folder, or - for stdout. By default here, under its own name",
            )
            .short('o')
            .value_parser(value_parser!(PathBuf)),
        );
    common::flags(command)
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let message_id: MessageId =
        id(matches, "message-id")?.ok_or_else(|| Failure::usage("--message-id is missing"))?;
    let key = matches.get_one::<String>("file-key").cloned().unwrap_or_default();
    if key.is_empty() || key.contains(['/', '\\']) {
        return Err(Failure::usage(format!("--file-key {key:?} is not a key")).param("file-key"));
    }
    let kind = match matches.get_one::<String>("type") {
        Some(kind) => ResourceType::from(kind.as_str()),
        None if key.starts_with("img_") => ResourceType::Image,
        None => ResourceType::File,
    };
    let request = Request::new(message_id, key, kind);
    if common.dry_run {
        let wire = wire::encode(request).map_err(larkspur::Error::from)?;
        let data = json!({"api": [plan::shown(&wire, None)]});
        Success { dry_run: true, ..Success::new(settings::caller(Request::META, &common)?, data) }
            .print(&common)?;
        return Ok(ExitCode::SUCCESS);
    }
    let output = matches.get_one::<PathBuf>("output").cloned();
    block_on(async {
        let client = settings::client(Request::META, &common)?;
        save(client.download(request).await?, output, settings::caller(Request::META, &common)?, &common)
            .await
    })
}

/// Puts a download where it is wanted, and says where that is.
pub(crate) async fn save(
    download: Download,
    output: Option<PathBuf>,
    identity: &'static str,
    common: &Common,
) -> Result<ExitCode> {
    if output.as_deref() == Some(Path::new("-")) {
        return to_stdout(download).await;
    }
    let name = download
        .file_name
        .clone()
        .unwrap_or_else(|| format!("download.{}", extension(download.media_type.as_deref())));
    // A name is a name: whatever looks like a way is not followed.
    let name = Path::new(&name.replace('\\', "/"))
        .file_name()
        .map_or_else(|| "download".into(), std::ffi::OsStr::to_os_string);
    let path = match output {
        None => PathBuf::from(name),
        Some(path) if path.is_dir() => path.join(name),
        Some(path) if path.extension().is_none() => {
            path.with_extension(extension(download.media_type.as_deref()))
        }
        Some(path) => path,
    };
    let media_type = download.media_type.clone();
    let bar = progress::bar(path.display().to_string());
    let size = download.save(&path, bar.as_ref()).await?;
    let saved_path = path.canonicalize().unwrap_or(path).display().to_string();
    let data = json!({"saved_path": saved_path, "size_bytes": size, "content_type": media_type});
    Success::new(identity, data).print(common)?;
    Ok(ExitCode::SUCCESS)
}

async fn to_stdout(mut download: Download) -> Result<ExitCode> {
    let mut stdout = std::io::stdout().lock();
    let failed =
        |error: std::io::Error| Failure::new(Kind::Internal, format!("stdout cannot be written: {error}"));
    while let Some(chunk) = download.chunk().await? {
        stdout.write_all(&chunk).map_err(failed)?;
    }
    stdout.flush().map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}

fn extension(media_type: Option<&str>) -> &'static str {
    match media_type.and_then(|kind| kind.split(';').next()).unwrap_or_default() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/bmp" => "bmp",
        "image/x-icon" => "ico",
        "audio/ogg" | "audio/opus" => "opus",
        "video/mp4" => "mp4",
        "application/pdf" => "pdf",
        "application/json" => "json",
        "text/plain" => "txt",
        _ => "bin",
    }
}
