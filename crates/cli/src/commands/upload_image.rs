//! `larkspur upload-image`

use std::process::ExitCode;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use futures_util::{StreamExt, stream};
use larkspur::im::v1::image::create::{ImageType, Request};
use larkspur_api::Endpoint;
use serde_json::{Map, Value, json};

use crate::{
    commands::block_on,
    common::{self, Common},
    failure::{Failure, Result},
    input,
    media::{self, Purpose, Source},
    output::Success,
    plan, settings,
    tree::{switch, value},
};

/// How many pictures are on their way at the same time.
const AT_ONCE: usize = 4;

const AFTER: &str = "\
JPEG, PNG, WEBP, GIF, BMP, ICO, TIFF or HEIC; up to 10 MB; up to 12000x12000 px, GIF 2000x2000,
avatar 4096x4096. All of it is checked before the first byte is sent.

Examples:
  larkspur upload-image cat.png
  larkspur upload-image a.png b.jpg c.webp --jq '.data.images[].image_key'
  larkspur upload-image https://example.com/cat.png
  screenshot | larkspur upload-image -
  larkspur upload-image --base64 @picture.b64";

pub(crate) fn command() -> Command {
    let command = Command::new("upload-image")
        .about("Upload pictures and print their keys")
        .after_help(AFTER)
        .arg(
            Arg::new("image")
                .value_name("PATH|URL|-")
                .num_args(1..)
                .required_unless_present("base64")
                .help("The pictures, uploaded in this order; - reads stdin"),
        )
        .arg(
            value(
                "base64",
                "TEXT",
                "A picture in base64, with or without data: before it; @FILE and - read it",
            )
            .conflicts_with("image"),
        )
        .arg(
            value("type", "TYPE", "What they are for")
                .alias("image-type")
                .alias("image_type")
                .value_parser(PossibleValuesParser::new(["message", "avatar"]))
                .default_value("message"),
        )
        .arg(switch("allow-private", "Fetch also from addresses of this machine and its network"));
    common::flags(command)
}

pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let common = Common::read(matches)?;
    let image_type = ImageType::from(matches.get_one::<String>("type").map_or("message", String::as_str));
    let sources = sources(matches)?;
    if common.dry_run {
        return dry_run(&common, &sources, &image_type);
    }
    let allow_private = matches.get_flag("allow-private");
    let single = sources.len() == 1;
    let (data, failed) = block_on(async {
        let mut ready = Vec::with_capacity(sources.len());
        for source in sources {
            ready.push(media::load(source, Purpose::Image(image_type.clone()), allow_private).await?);
        }
        let client = settings::client(Request::META, &common)?;
        let sends = stream::iter(&ready).map(|media| plan::send_media(&client, media)).buffered(AT_ONCE);
        let results: Vec<_> = sends.collect().await;
        let labels = ready.iter().map(|media| media.label.clone());
        collect(single, labels, results)
    })?;
    let success = Success::new(settings::caller(Request::META, &common)?, data);
    match failed {
        None => {
            success.print(&common)?;
            Ok(ExitCode::SUCCESS)
        }
        // What was uploaded is told on stdout, and that it was not all on stderr.
        Some(failure) => {
            let whole = json!({"ok": false, "identity": success.identity, "data": success.data});
            crate::output::line(&serde_json::to_string_pretty(&whole).unwrap_or_default())?;
            Err(failure)
        }
    }
}

fn sources(matches: &ArgMatches) -> Result<Vec<Source>> {
    if let Some(argument) = matches.get_one::<String>("base64") {
        let text = input::text(argument, "base64")?;
        let text = text.trim().rsplit(";base64,").next().unwrap_or_default();
        let compact: String = text.split_whitespace().collect();
        let bytes = STANDARD
            .decode(compact)
            .map_err(|error| Failure::usage(format!("--base64 does not decode: {error}")).param("base64"))?;
        return Ok(vec![Source::Bytes(Bytes::from(bytes))]);
    }
    let sources: Vec<_> = matches
        .get_many::<String>("image")
        .into_iter()
        .flatten()
        .map(|argument| Source::read(argument))
        .collect();
    if let Some(Source::Key(key)) = sources.iter().find(|source| matches!(source, Source::Key(_))) {
        return Err(Failure::usage(format!("{key} is the key of a picture that was uploaded already")));
    }
    if sources.iter().filter(|source| **source == Source::Stdin).count() > 1 {
        return Err(Failure::usage("stdin can be read once only"));
    }
    Ok(sources)
}

fn dry_run(common: &Common, sources: &[Source], image_type: &ImageType) -> Result<ExitCode> {
    let mut calls = Vec::new();
    for source in sources {
        if let Source::File(path) = source {
            media::check_file(path, &Purpose::Image(image_type.clone()))?;
        }
        let body = json!({"image_type": image_type.as_str(), "image": {"path": source.label()}});
        calls.push(json!({"method": "POST", "url": "/open-apis/im/v1/images", "params": {}, "body": body}));
    }
    let data = json!({"api": calls});
    Success { dry_run: true, ..Success::new(settings::caller(Request::META, common)?, data) }
        .print(common)?;
    Ok(ExitCode::SUCCESS)
}

/// The keys in the order of the arguments, and the first failure if there was one.
fn collect(
    single: bool,
    labels: impl Iterator<Item = String>,
    results: Vec<Result<String>>,
) -> Result<(Value, Option<Failure>)> {
    if single {
        let key = results.into_iter().next().unwrap_or_else(|| Err(Failure::usage("there is no picture")))?;
        return Ok((json!({"image_key": key}), None));
    }
    let mut first = None;
    let mut images = Vec::new();
    for (label, result) in labels.zip(results) {
        let mut entry = Map::from_iter([("file".to_owned(), Value::from(label))]);
        match result {
            Ok(key) => drop(entry.insert("image_key".to_owned(), key.into())),
            Err(failure) => {
                entry.insert("error".to_owned(), failure.to_json());
                first.get_or_insert(failure);
            }
        }
        images.push(Value::Object(entry));
    }
    Ok((json!({"images": images}), first))
}
