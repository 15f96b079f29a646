//! The flags that say what a message says, shared by sending and replying.

use clap::{ArgMatches, Command, builder::PossibleValuesParser};
use larkspur::{
    content::{Card, Content, MAX_RICH_BYTES, PostBody},
    im::v1::{image::create::ImageType, message::MsgType},
};
use serde_json::{Value, json};

use crate::{
    failure::{Failure, Result},
    input,
    media::{Purpose, Source},
    plan::Upload,
    tree::{switch, value},
};

/// The types that can be sent.
const TYPES: [&str; 10] =
    ["text", "post", "image", "file", "audio", "media", "sticker", "interactive", "share_chat", "share_user"];

/// The flags of which exactly one says what the message says.
const SOURCES: [&str; 7] = ["text", "markdown", "content", "image", "file", "audio", "video"];

pub(crate) fn flags(command: Command) -> Command {
    let heading = "Content (one of them)";
    command
        .arg(
            value("text", "TEXT", "Plain text; <at user_id=\"ou_…\">name</at> mentions. @FILE and - read it")
                .allow_hyphen_values(true)
                .help_heading(heading),
        )
        .arg(
            value(
                "markdown",
                "TEXT",
                "Markdown, sent as rich text; its pictures are uploaded. @FILE and - read it",
            )
            .allow_hyphen_values(true)
            .help_heading(heading),
        )
        .arg(
            value("content", "JSON", "The content as the API has it, with --msg-type. @FILE and - read it")
                .help_heading(heading),
        )
        .arg(
            value("image", "IMAGE", "A picture: a path, a URL, - for stdin, or an image_key")
                .help_heading(heading),
        )
        .arg(value("file", "FILE", "A file: a path, a URL, - for stdin, or a file_key").help_heading(heading))
        .arg(
            value("audio", "FILE", "A voice recording in Opus: a path, a URL, - or a file_key")
                .help_heading(heading),
        )
        .arg(value("video", "FILE", "A video in MP4: a path, a URL, - or a file_key").help_heading(heading))
        .arg(
            value("video-cover", "IMAGE", "The picture to show before the video plays")
                .requires("video")
                .help_heading(heading),
        )
        .arg(
            value("msg-type", "TYPE", "The type of --content; otherwise the flag says it")
                .value_parser(PossibleValuesParser::new(TYPES))
                .help_heading(heading),
        )
        .arg(value("title", "TEXT", "The title of --markdown").requires("markdown").help_heading(heading))
        .arg(
            value("attachment", "FILE_KEYS", "Files to attach to --markdown, by key")
                .value_delimiter(',')
                .help_heading(heading),
        )
        .arg(value(
            "idempotency-key",
            "KEY",
            "Send at most once in an hour under this key, up to 50 characters. By default one is made up",
        ))
        .arg(switch("allow-private", "Fetch also from addresses of this machine and its network"))
}

/// Makes the content out of the keys of the uploads.
type Build = Box<dyn FnOnce(&[String]) -> Result<(MsgType, String)>>;

/// What a message says: what is to be uploaded, and the content once the keys are there.
pub(crate) struct Draft {
    pub(crate) uploads: Vec<Upload>,
    pub(crate) content: Build,
}

impl Draft {
    fn of(content: Content) -> Self {
        let (msg_type, wire) = (content.msg_type(), content.to_wire());
        Self { uploads: Vec::new(), content: Box::new(move |_| Ok((msg_type, wire))) }
    }

    /// Content around a key: one that is there, or that of an upload.
    fn of_media(argument: &str, purpose: Purpose, content: fn(String) -> Content) -> Self {
        match Source::read(argument) {
            Source::Key(key) => Self::of(content(key)),
            source => Self {
                uploads: vec![Upload { source, purpose }],
                content: Box::new(move |keys| {
                    let content = content(first(keys, 0)?);
                    Ok((content.msg_type(), content.to_wire()))
                }),
            },
        }
    }
}

fn first(keys: &[String], index: usize) -> Result<String> {
    keys.get(index).cloned().ok_or_else(|| Failure::usage("an upload gave no key"))
}

/// The value of `--idempotency-key`.
pub(crate) fn uuid(matches: &ArgMatches) -> Result<Option<String>> {
    let key = matches.get_one::<String>("idempotency-key").cloned();
    match &key {
        Some(key) if key.is_empty() || key.chars().count() > 50 => {
            Err(Failure::usage("--idempotency-key has 1 to 50 characters").param("idempotency-key"))
        }
        _ => Ok(key),
    }
}

/// Reads the flags.
pub(crate) fn read(matches: &ArgMatches) -> Result<Draft> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let given: Vec<_> = SOURCES.into_iter().filter(|name| matches.contains_id(name)).collect();
    let source = match given.as_slice() {
        [] => {
            return Err(Failure::usage("the message has no content")
                .hint(format!("pass one of --{}", SOURCES.join(", --"))));
        }
        [one] => *one,
        many => {
            let flags: Vec<_> = many.iter().map(|name| format!("--{name}")).collect();
            return Err(Failure::usage(format!("{} cannot be specified together", flags.join(", ")))
                .hint("pass one of them"));
        }
    };
    let argument = text(source).unwrap_or_default();
    check_type(source, text("msg-type").as_deref())?;
    let attachments: Vec<String> =
        matches.get_many::<String>("attachment").into_iter().flatten().cloned().collect();
    if !attachments.is_empty() && source != "markdown" {
        return Err(Failure::usage("--attachment goes with --markdown").param("attachment"));
    }
    Ok(match source {
        "text" => Draft::of(Content::text(words(&argument, "text")?)),
        "markdown" => markdown(&words(&argument, "markdown")?, text("title"), attachments)?,
        "content" => raw(&argument, text("msg-type").as_deref().unwrap_or("text"))?,
        "image" => Draft::of_media(&argument, Purpose::Image(ImageType::Message), Content::image),
        "file" => Draft::of_media(&argument, Purpose::File, Content::file),
        "audio" => Draft::of_media(&argument, Purpose::Audio, Content::audio),
        _ => video(&argument, text("video-cover").as_deref())?,
    })
}

/// `--msg-type` has to agree with the flag that carries the content.
fn check_type(source: &str, msg_type: Option<&str>) -> Result<()> {
    let inferred = match source {
        "content" => return Ok(()),
        "markdown" => "post",
        "video" => "media",
        other => other,
    };
    match msg_type {
        Some(given) if given != inferred => Err(Failure::usage(format!(
            "--msg-type {given} does not go with --{source}, which is sent as {inferred}"
        ))
        .param("msg-type")),
        _ => Ok(()),
    }
}

/// A text argument. `\n` written out is most likely a line break that the shell did not make.
fn words(argument: &str, flag: &str) -> Result<String> {
    let text = input::text(argument, flag)?;
    if text.contains("\\n") && !text.contains('\n') {
        eprintln!(
            "warning: --{flag} holds \\n as two characters; for a line break use $'…\\n…' in the shell, or @FILE"
        );
    }
    if text.is_empty() {
        return Err(Failure::usage(format!("--{flag} is empty")).param(flag));
    }
    Ok(text)
}

fn raw(argument: &str, msg_type: &str) -> Result<Draft> {
    let text = input::text(argument, "content")?;
    let msg_type = MsgType::from(msg_type);
    // Refused here in the words the platform would use, and nothing is sent.
    let content = Content::parse(&msg_type, &text).map_err(|error| {
        let hint = match (&msg_type, error.0.as_str()) {
            (MsgType::Post, "invalid message content") => "the languages stand at the top, as in {\"zh_cn\":{\"content\":[[…]]}}: there is no \"post\" around them",
            _ => "`larkspur schema im.messages.create` shows the request; the content is JSON of the form that --msg-type wants",
        };
        Failure::usage(format!("--content: {error}")).hint(hint).param("content")
    })?;
    if let Content::Interactive(card) = &content {
        check_card(card, text.len())?;
    }
    Ok(Draft { uploads: Vec::new(), content: Box::new(move |_| Ok((msg_type, text))) })
}

/// Refuses a card that the platform would refuse. Whether its pictures and people are there, only the platform knows.
fn check_card(card: &Card, bytes: usize) -> Result<()> {
    let wrong =
        |why: String, hint: &str| Failure::usage(format!("--content: {why}")).hint(hint).param("content");
    if bytes > MAX_RICH_BYTES {
        return Err(wrong(
            format!("the card has {bytes} bytes, of {MAX_RICH_BYTES} it may have"),
            "make the card smaller",
        ));
    }
    card.check().map_err(|fault| {
        wrong(
            fault.to_string(),
            "ErrPath or path names the place in the card, ROOT being the outermost object",
        )
    })
}

fn video(argument: &str, cover: Option<&str>) -> Result<Draft> {
    let mut uploads = Vec::new();
    let mut place = |argument: &str, purpose: Purpose| match Source::read(argument) {
        Source::Key(key) => Err(key),
        source => {
            uploads.push(Upload { source, purpose });
            Ok(uploads.len() - 1)
        }
    };
    let video = place(argument, Purpose::Video);
    let cover = cover.map(|cover| place(cover, Purpose::Image(ImageType::Message)));
    let content = move |keys: &[String]| {
        let key =
            |place: std::result::Result<usize, String>| place.map_or_else(Ok, |index| first(keys, index));
        let cover = cover.map(key).transpose()?;
        let content = Content::media(key(video)?, cover.map(Into::into));
        Ok((content.msg_type(), content.to_wire()))
    };
    Ok(Draft { uploads, content: Box::new(content) })
}

fn markdown(text: &str, title: Option<String>, attachments: Vec<String>) -> Result<Draft> {
    let mut uploads = Vec::new();
    let mut pieces = vec![String::new()];
    for piece in markdown::pieces(text) {
        match piece {
            markdown::Piece::Text(text) => {
                if let Some(last) = pieces.last_mut() {
                    last.push_str(text);
                }
            }
            markdown::Piece::Picture { alt, target } => match Source::read(target) {
                Source::Key(key) => {
                    if let Some(last) = pieces.last_mut() {
                        last.push_str(&format!("![{alt}]({key})"));
                    }
                }
                source => {
                    uploads.push(Upload { source, purpose: Purpose::Image(ImageType::Message) });
                    if let Some(last) = pieces.last_mut() {
                        last.push_str(&format!("![{alt}]("));
                    }
                    pieces.push(")".to_owned());
                }
            },
        }
    }
    let content = move |keys: &[String]| {
        let mut text = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            text.push_str(piece);
            if let Some(key) = keys.get(index) {
                text.push_str(key);
            }
        }
        let mut body = PostBody::markdown(markdown::tidy(&text));
        body.title = title;
        if !attachments.is_empty() {
            let files: Vec<Value> = attachments.iter().map(|key| json!({"key": key})).collect();
            body.other.insert("files".to_owned(), files.into());
        }
        let content = Content::post(body);
        Ok((content.msg_type(), content.to_wire()))
    };
    Ok(Draft { uploads, content: Box::new(content) })
}

/// Markdown as people write it, in the form that rich text shows well.
mod markdown {
    /// A stretch of Markdown.
    pub(super) enum Piece<'a> {
        Text(&'a str),
        Picture { alt: &'a str, target: &'a str },
    }

    /// The pictures of Markdown, outside of code, and the text between them.
    pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
        let mut out = Vec::new();
        for (fenced, block) in blocks(text) {
            let mut rest = block;
            while !fenced && let Some((before, alt, target, after)) = picture(rest) {
                out.push(Piece::Text(before));
                out.push(Piece::Picture { alt, target });
                rest = after;
            }
            out.push(Piece::Text(rest));
        }
        out
    }

    /// The first picture of a text: what is before it, its two parts, and what is behind it.
    fn picture(text: &str) -> Option<(&str, &str, &str, &str)> {
        let mut from = 0;
        loop {
            let start = from + text.get(from..)?.find("![")?;
            let body = text.get(start + 2..)?;
            if let Some((alt, rest)) = body.split_once("](")
                && !alt.contains(['\n', '[', ']'])
                && let Some(end) = closing(rest)
                && let (Some(target), Some(after)) = (rest.get(..end), rest.get(end + 1..))
            {
                return Some((text.get(..start)?, alt, target.trim(), after));
            }
            from = start + 2;
        }
    }

    /// Where the parenthesis closes that is open already; inner pairs belong to the address.
    fn closing(text: &str) -> Option<usize> {
        let mut depth = 0;
        for (index, c) in text.char_indices() {
            match c {
                '\n' => return None,
                '(' => depth += 1,
                ')' if depth == 0 => return Some(index),
                ')' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The text in blocks, fenced code apart from the rest.
    fn blocks(text: &str) -> Vec<(bool, &str)> {
        let mut out = Vec::new();
        let (mut start, mut position, mut fenced) = (0, 0, false);
        for line in text.split_inclusive('\n') {
            let end = position + line.len();
            if line.trim_start().starts_with("```") {
                let cut = if fenced { end } else { position };
                out.extend(
                    text.get(start..cut).filter(|block| !block.is_empty()).map(|block| (fenced, block)),
                );
                (start, fenced) = (cut, !fenced);
            }
            position = end;
        }
        out.extend(text.get(start..).filter(|block| !block.is_empty()).map(|block| (fenced, block)));
        out
    }

    /// Headings of the sizes that are shown, blank lines where tables need them, none in excess.
    pub(super) fn tidy(text: &str) -> String {
        let big = blocks(text)
            .iter()
            .any(|(fenced, block)| !fenced && block.lines().any(|line| (1..=3).contains(&level(line))));
        let mut out = String::with_capacity(text.len());
        for (fenced, block) in blocks(text) {
            if fenced { out.push_str(block) } else { out.push_str(&tidy_block(block, big)) }
        }
        out
    }

    /// How many `#` a heading has; 0 if it is none.
    fn level(line: &str) -> usize {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        if hashes <= 6 && line.get(hashes..).is_some_and(|rest| rest.starts_with(' ')) { hashes } else { 0 }
    }

    fn tidy_block(block: &str, big: bool) -> String {
        let mut lines: Vec<String> = Vec::new();
        let is_row = |line: &str| line.trim_start().starts_with('|');
        for line in block.split('\n') {
            let line = match level(line) {
                0 => line.to_owned(),
                1 if big => format!("####{}", line.trim_start_matches('#')),
                _ if big => format!("#####{}", line.trim_start_matches('#')),
                _ => line.to_owned(),
            };
            if let Some(last) = lines.last() {
                let between_headings = matches!(level(last), 4 | 5) && matches!(level(&line), 4 | 5);
                let beside_table = !last.is_empty() && !line.is_empty() && is_row(last) != is_row(&line);
                if between_headings || beside_table {
                    lines.push(String::new());
                }
            }
            lines.push(line);
        }
        let mut text = lines.join("\n");
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        text
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn headings_tables_and_blank_lines_are_tidied() {
            assert_eq!(tidy("# Title\n## Section\ntext"), "#### Title\n\n##### Section\ntext");
            assert_eq!(tidy("text\n| A | B |\n|---|---|\nafter"), "text\n\n| A | B |\n|---|---|\n\nafter");
            assert_eq!(tidy("a\n\n\n\nb"), "a\n\nb");
            assert_eq!(tidy("#### four\n##### five"), "#### four\n\n##### five");
            assert_eq!(tidy("#no heading"), "#no heading");
        }

        #[test]
        fn code_stays_as_it_is() {
            let code = "```sh\n# not a heading\n\n\n\n| x\n```\n";
            assert_eq!(tidy(&format!("# T\n{code}")), format!("#### T\n{code}"));
        }

        #[test]
        fn pictures_are_found_outside_of_code() {
            let found = |text: &'static str| {
                pieces(text)
                    .into_iter()
                    .filter_map(|piece| match piece {
                        Piece::Picture { target, .. } => Some(target),
                        Piece::Text(_) => None,
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(
                found("a ![x](one.png) b ![](https://h/two_(1).png) c"),
                ["one.png", "https://h/two_(1).png"]
            );
            assert_eq!(found("```\n![x](no.png)\n```\n![y](yes.png)"), ["yes.png"]);
            assert!(found("![broken](").is_empty());
        }
    }
}
