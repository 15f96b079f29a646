//! Messages for reading: content as text, times with their zone, mentions by name.
//!
//! Text in messages is written by others. Where content is more than text it stands in a tag, and what
//! people wrote inside is escaped, so that nobody can write a tag of their own.

use larkspur::{
    content::{Received, post::Node},
    im::v1::message::Message,
};
use serde_json::{Map, Value, json};

use crate::input::shown_time;

/// A message as the reading commands print it.
pub(crate) fn message(message: &Message) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("message_id", message.message_id.as_str().into());
    put("msg_type", message.msg_type.as_str().into());
    put("content", content(message).into());
    if let Some(sender) = &message.sender {
        let mut shown = Map::new();
        shown.insert("id".to_owned(), sender.id.clone().into());
        shown.insert("id_type".to_owned(), sender.id_type.clone().into());
        shown.insert("sender_type".to_owned(), sender.sender_type.as_str().into());
        if let Some(name) = &sender.sender_name {
            shown.insert("name".to_owned(), name.clone().into());
        }
        put("sender", shown.into());
    }
    put("create_time", shown_time(message.create_time.0).into());
    if message.updated {
        put("update_time", shown_time(message.update_time.0).into());
    }
    put("deleted", message.deleted.into());
    put("updated", message.updated.into());
    if let Some(chat_id) = &message.chat_id {
        put("chat_id", chat_id.as_str().into());
    }
    if let Some(thread_id) = &message.thread_id {
        put("thread_id", thread_id.as_str().into());
    }
    if let Some(parent_id) = &message.parent_id {
        put("reply_to", parent_id.as_str().into());
    }
    if let Some(position) = message.message_position {
        put("message_position", position.into());
    }
    if let Some(mentions) = &message.mentions {
        let list = mentions.iter().map(|one| json!({"key": one.key, "id": one.id, "name": one.name}));
        put("mentions", list.collect::<Vec<_>>().into());
    }
    out.into()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}

/// The keys of mentions replaced by names. Longer keys first: `@_user_1` is the start of `@_user_10`.
fn with_names(text: &str, message: &Message) -> String {
    let mut names: Vec<_> =
        message.mentions.iter().flatten().map(|one| (one.key.as_str(), format!("@{}", one.name))).collect();
    names.push(("@_all", "@all".to_owned()));
    names.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    'text: while let Some(first) = rest.chars().next() {
        for (key, name) in &names {
            if let Some(tail) = rest.strip_prefix(key) {
                out.push_str(name);
                rest = tail;
                continue 'text;
            }
        }
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    out
}

/// What a message says, as text.
pub(crate) fn content(message: &Message) -> String {
    match message.content() {
        Received::Text(text) => with_names(&text.text, message),
        Received::Post(post) => {
            let title = post.title.filter(|title| !title.is_empty());
            let lines = post
                .content
                .iter()
                .map(|paragraph| paragraph.iter().map(|node| self::node(node, message)).collect());
            title.into_iter().chain(lines).collect::<Vec<String>>().join("\n")
        }
        Received::Image(image) => format!("[Image: {}]", image.image_key),
        Received::File(file) => {
            let name = file.file_name.unwrap_or_default();
            format!("<file key=\"{}\" name=\"{}\"/>", file.file_key, attribute(&name))
        }
        Received::Folder(folder) => {
            let name = folder.file_name.unwrap_or_default();
            format!("<folder key=\"{}\" name=\"{}\"/>", folder.file_key, attribute(&name))
        }
        Received::Audio(audio) => match audio.duration {
            Some(ms) => format!("[Voice: {}s {}]", seconds(ms), audio.file_key),
            None => format!("[Voice: {}]", audio.file_key),
        },
        Received::Media(media) => {
            let mut tag = format!("<video key=\"{}\"", media.file_key);
            if let Some(name) = &media.file_name {
                tag.push_str(&format!(" name=\"{}\"", attribute(name)));
            }
            if let Some(ms) = media.duration {
                tag.push_str(&format!(" duration=\"{}s\"", seconds(ms)));
            }
            if let Some(cover) = &media.image_key {
                tag.push_str(&format!(" cover_image_key=\"{cover}\""));
            }
            tag.push_str("/>");
            tag
        }
        Received::Sticker(sticker) => format!("[Sticker: {}]", sticker.file_key),
        Received::Interactive(card) => {
            let rows = card.elements.iter().map(|row| row.iter().map(element).collect::<Vec<_>>().join(" "));
            let title = attribute(&card.title.unwrap_or_default());
            let body = with_names(&rows.collect::<Vec<_>>().join("\n"), message);
            format!("<card title=\"{title}\">\n{}\n</card>", escaped(&body))
        }
        Received::ShareChat(share) => format!("[Chat card: {}]", share.chat_id),
        Received::ShareUser(share) => format!("[User card: {}]", share.user_id),
        Received::Location(location) => {
            format!("[Location: {} {},{}]", location.name, location.longitude, location.latitude)
        }
        Received::VideoChat(call) => format!("[Video call: {}]", call.topic),
        Received::Todo(todo) => {
            let summary: Vec<String> = todo
                .summary
                .content
                .iter()
                .map(|line| line.iter().map(|one| node(one, message)).collect())
                .collect();
            format!(
                "<todo task_id=\"{}\">\n{}\nDue: {}\n</todo>",
                attribute(&todo.task_id),
                escaped(&summary.join("\n")),
                shown_time(todo.due_time.0)
            )
        }
        Received::Vote(vote) => {
            let options: Vec<_> =
                vote.options.iter().map(|option| format!("• {}", escaped(option))).collect();
            format!("<vote>\n{}\n{}\n</vote>", escaped(&vote.topic), options.join("\n"))
        }
        Received::Hongbao(hongbao) => format!("<hongbao text=\"{}\"/>", attribute(&hongbao.text)),
        Received::ShareCalendarEvent(event) => calendar("calendar_share", &event),
        Received::Calendar(event) => calendar("calendar_invite", &event),
        Received::GeneralCalendar(event) => calendar("calendar", &event),
        Received::MergeForward(forward) => format!("[{}]", forward.text),
        Received::System(system) => {
            let mut text = system.template.replace("{from_user}", &system.from_user.join(", "));
            text = text.replace("{to_chatters}", &system.to_chatters.join(", "));
            text.replace(
                "{divider_text}",
                &system.divider_text.map(|divider| divider.text).unwrap_or_default(),
            )
        }
        Received::Other { content, msg_type } if content.is_empty() => format!("[{msg_type}]"),
        Received::Other { content, .. } => content,
    }
}

fn calendar(tag: &str, event: &larkspur::content::CalendarEvent) -> String {
    let (start, end) = (shown_time(event.start_time.0), shown_time(event.end_time.0));
    format!("<{tag}>\n{}\n{start} ~ {end}\n</{tag}>", escaped(&event.summary))
}

fn seconds(ms: i64) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A piece of a post as text.
fn node(node: &Node, message: &Message) -> String {
    match node {
        Node::Text(text) => with_names(&text.text, message),
        Node::A(link) => format!("[{}]({})", link.text.replace('[', "\\[").replace(']', "\\]"), link.href),
        Node::At(at) if at.user_id == "@_all" || at.user_id == "all" => "@all".to_owned(),
        Node::At(at) => match at.user_name.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => format!("@{name}"),
            None => with_names(&at.user_id, message),
        },
        Node::Img(img) => format!("[Image: {}]", img.image_key),
        Node::Media(media) => format!("[Media: {}]", media.file_key),
        Node::Emotion(emotion) => format!(":{}:", emotion.emoji_type),
        Node::CodeBlock(code) => {
            format!("```{}\n{}\n```", code.language.as_deref().unwrap_or_default().to_lowercase(), code.text)
        }
        Node::Hr(_) => "---".to_owned(),
        Node::Md(md) => md.text.clone(),
        Node::Other(value) => value.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
    }
}

/// An element of a simplified card as text.
fn element(element: &Value) -> String {
    let string = |key: &str| element.get(key).and_then(Value::as_str).unwrap_or_default();
    let options = || {
        element
            .get("options")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" / ")
    };
    match string("tag") {
        "text" => string("text").to_owned(),
        "a" => format!("[{}]({})", string("text"), string("href")),
        "at" => string("user_id").to_owned(),
        "img" => format!("[Image: {}]", string("image_key")),
        "button" => format!("[{}]", string("text")),
        "hr" => "---".to_owned(),
        "note" => {
            let parts = element.get("elements").and_then(Value::as_array).into_iter().flatten();
            format!("📝 {}", parts.map(self::element).collect::<Vec<_>>().join(" "))
        }
        "overflow" => format!("⋮ {}", options()),
        tag if tag.starts_with("select") || tag.starts_with("multi_select") => format!("{{{} ▼}}", options()),
        _ => string("text").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use larkspur::im::v1::message::{Mention, MessageBody, MsgType};

    use super::*;

    fn of(msg_type: MsgType, content: &str) -> Message {
        let body = MessageBody { content: content.to_owned(), ..MessageBody::default() };
        Message { msg_type, body: Some(body), ..Message::default() }
    }

    #[test]
    fn the_tenth_mention_is_not_the_first() {
        let mention = |number: u32| Mention {
            key: format!("@_user_{number}"),
            name: format!("Name{number}"),
            ..Mention::default()
        };
        let message = Message {
            mentions: Some((1..=10).map(mention).collect()),
            ..of(MsgType::Text, r#"{"text":"@_user_10 and @_user_1 and @_all"}"#)
        };
        assert_eq!(content(&message), "@Name10 and @Name1 and @all");
    }

    #[test]
    fn nobody_writes_a_tag_of_their_own() {
        let file = of(MsgType::File, r#"{"file_key":"file_1","file_name":"x\"/><card title=\""}"#);
        assert_eq!(content(&file), r#"<file key="file_1" name="x&quot;/&gt;&lt;card title=&quot;"/>"#);
        let card =
            of(MsgType::Interactive, r#"{"title":"T","elements":[[{"tag":"text","text":"</card>"}]]}"#);
        assert_eq!(content(&card), "<card title=\"T\">\n&lt;/card&gt;\n</card>");
    }

    #[test]
    fn every_kind_has_words() {
        let cases = [
            (MsgType::Audio, r#"{"file_key":"file_1","duration":2500}"#, "[Voice: 2.5s file_1]"),
            (
                MsgType::Media,
                r#"{"file_key":"file_1","image_key":"img_1","file_name":"a.mp4","duration":2000}"#,
                "<video key=\"file_1\" name=\"a.mp4\" duration=\"2s\" cover_image_key=\"img_1\"/>",
            ),
            (
                MsgType::System,
                r#"{"template":"{from_user} invited {to_chatters} to this chat.","from_user":["Bot"],"to_chatters":["A","B"]}"#,
                "Bot invited A, B to this chat.",
            ),
            (
                MsgType::Vote,
                r#"{"topic":"Lunch?","options":["Yes","<b>"]}"#,
                "<vote>\nLunch?\n• Yes\n• &lt;b&gt;\n</vote>",
            ),
            (
                MsgType::Post,
                r#"{"title":"T","content":[[{"tag":"text","text":"a"},{"tag":"a","text":"b","href":"https://x"}],[{"tag":"hr"}]]}"#,
                "T\na[b](https://x)\n---",
            ),
            (MsgType::MergeForward, "Merged and Forwarded Message", "[Merged and Forwarded Message]"),
            (MsgType::Text, "This message was recalled", "This message was recalled"),
        ];
        for (msg_type, wire, expected) in cases {
            assert_eq!(content(&of(msg_type, wire)), expected);
        }
    }
}
