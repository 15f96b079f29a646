//! `post`

use std::collections::BTreeMap;

use larkspur_api_macros::object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ContentError, emoji::EMOJI_TYPES};
use crate::{
    endpoint::{Kind, Shape},
    id::{FileKey, ImageKey},
};

/// Rich text as it is sent: a body by language, `zh_cn`, `en_us` and so on.
///
/// The languages stand at the top: there is no `post` around them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Post(pub BTreeMap<String, PostBody>);

/// Rich text in one language, and rich text as it is read back.
#[object]
pub struct PostBody {
    /// The title.
    pub title: Option<String>,
    /// Paragraphs of nodes.
    pub content: Vec<Vec<Node>>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum Node {
    /// Text.
    Text(TextNode),
    /// A link.
    A(ANode),
    /// A mention.
    At(AtNode),
    /// A picture, alone in its paragraph.
    Img(ImgNode),
    /// A video, alone in its paragraph.
    Media(MediaNode),
    /// An emoji.
    Emotion(EmotionNode),
    /// Code.
    CodeBlock(CodeBlockNode),
    /// A line across.
    Hr(HrNode),
    /// Markdown, alone in its paragraph. Sent only: it is read back as other nodes.
    Md(MdNode),
    /// A node this version does not know, kept as it came.
    #[serde(untagged)]
    Other(Value),
}

/// Text.
#[object]
pub struct TextNode {
    /// The text.
    pub text: String,
    /// Whether escape sequences in it are to be decoded.
    pub un_escape: Option<bool>,
    /// `bold`, `underline`, `lineThrough`, `italic`.
    pub style: Option<Vec<String>>,
}

/// A link.
#[object]
pub struct ANode {
    /// What to show.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// `bold`, `underline`, `lineThrough`, `italic`.
    pub style: Option<Vec<String>>,
}

/// A mention.
#[object]
pub struct AtNode {
    /// Sent: an `open_id`, `union_id` or `user_id`, or `all`. Received: `@_user_1`.
    pub user_id: String,
    /// The name.
    pub user_name: Option<String>,
    /// `bold`, `underline`, `lineThrough`, `italic`.
    pub style: Option<Vec<String>>,
}

/// A picture.
#[object]
pub struct ImgNode {
    /// The key that uploading gave.
    pub image_key: ImageKey,
}

/// A video.
#[object]
pub struct MediaNode {
    /// The key that uploading gave.
    pub file_key: FileKey,
    /// The picture to show before it plays.
    pub image_key: Option<ImageKey>,
}

/// An emoji.
#[object]
pub struct EmotionNode {
    /// One of [`EMOJI_TYPES`].
    pub emoji_type: String,
}

/// Code.
#[object]
pub struct CodeBlockNode {
    /// The language, in capitals or not.
    pub language: Option<String>,
    /// The code.
    pub text: String,
}

/// A line across.
#[object]
pub struct HrNode {}

/// Markdown.
#[object]
pub struct MdNode {
    /// The Markdown.
    pub text: String,
}

impl Shape for Node {
    const KIND: Kind = Kind::Any;
}

impl Post {
    /// Rich text in one language.
    pub fn new(language: impl Into<String>, body: PostBody) -> Self {
        Self(BTreeMap::from([(language.into(), body)]))
    }

    /// The body to show: Chinese, else English, else Japanese, else whichever there is.
    pub fn body(&self) -> Option<&PostBody> {
        ["zh_cn", "en_us", "ja_jp"]
            .iter()
            .find_map(|language| self.0.get(*language))
            .or_else(|| self.0.values().next())
    }

    pub(super) fn parse(value: &Value) -> Result<Self, ContentError> {
        let format = || ContentError("content format of the post type is incorrect".to_owned());
        let languages = value.as_object().ok_or_else(format)?;
        // The wrapper belongs to batch sending and custom bots.
        if languages.is_empty() || languages.contains_key("post") {
            return Err(ContentError("invalid message content".to_owned()));
        }
        for body in languages.values() {
            let paragraphs = body.get("content").and_then(Value::as_array).ok_or_else(format)?;
            for paragraph in paragraphs {
                for node in paragraph.as_array().ok_or_else(format)? {
                    check_node(node)?;
                }
            }
        }
        let post: Self = serde_json::from_value(value.clone()).map_err(|_| format())?;
        let mut nodes = post.0.values().flat_map(|body| body.content.iter().flatten());
        // Its tag is known, so a node that fell through has a field of a wrong type.
        if nodes.any(|node| matches!(node, Node::Other(_))) { Err(format()) } else { Ok(post) }
    }
}

fn check_node(node: &Value) -> Result<(), ContentError> {
    let refuse = |ext: String| Err(ContentError(ext));
    let required: &[&str] = match node.get("tag").and_then(Value::as_str) {
        Some("text" | "md") => &["text"],
        Some("a") => &["href", "text"],
        Some("at") => &["user_id"],
        Some("img") => &["image_key"],
        Some("media") => &["file_key"],
        Some("emotion") => &["emoji_type"],
        Some("code_block") => &["text"],
        Some("hr") => &[],
        _ => return refuse("message_content has wrong tag".to_owned()),
    };
    let tag = node.get("tag").and_then(Value::as_str).unwrap_or_default();
    for field in required {
        match node.get(field).and_then(Value::as_str) {
            None => return refuse(format!("message_content_{tag}_tag's {field} field can't be nil")),
            Some(emoji) if tag == "emotion" && !EMOJI_TYPES.contains(&emoji) => {
                return refuse("message_content_emotion_tag's emoji_type is invalid".to_owned());
            }
            Some(href) if *field == "href" && !is_link(href) => return refuse("invalid href".to_owned()),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether a text is a link: a scheme, a colon, and something behind it without blanks.
fn is_link(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
            && !rest.is_empty()
            && !rest.contains(char::is_whitespace)
    })
}

impl PostBody {
    /// A body that is all Markdown.
    pub fn markdown(markdown: impl Into<String>) -> Self {
        let node = Node::Md(MdNode { text: markdown.into(), ..MdNode::default() });
        Self { content: vec![vec![node]], ..Self::default() }
    }

    /// A body without a title.
    pub fn new(content: Vec<Vec<Node>>) -> Self {
        Self { content, ..Self::default() }
    }

    /// The same body under a title.
    pub fn title(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }
}

impl Node {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(TextNode { text: text.into(), ..TextNode::default() })
    }

    /// A link.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::A(ANode { text: text.into(), href: href.into(), ..ANode::default() })
    }

    /// A mention; `all` mentions everyone.
    pub fn at(user_id: impl Into<String>) -> Self {
        Self::At(AtNode { user_id: user_id.into(), ..AtNode::default() })
    }

    /// A picture.
    pub fn image(image_key: impl Into<ImageKey>) -> Self {
        Self::Img(ImgNode { image_key: image_key.into(), ..ImgNode::default() })
    }
}

#[cfg(test)]
mod tests {
    use crate::{content::Content, im::v1::message::MsgType};

    #[test]
    fn each_missing_field_has_its_refusal() {
        let post = |node: &str| format!(r#"{{"zh_cn":{{"content":[[{node}]]}}}}"#);
        let cases = [
            (post(r#"{"tag":"at"}"#), "message_content_at_tag's user_id field can't be nil"),
            (post(r#"{"tag":"a","text":"x"}"#), "message_content_a_tag's href field can't be nil"),
            (post(r#"{"tag":"a","href":"https://x"}"#), "message_content_a_tag's text field can't be nil"),
            (post(r#"{"tag":"a","text":"x","href":"nowhere"}"#), "invalid href"),
            (post(r#"{"tag":"img"}"#), "message_content_img_tag's image_key field can't be nil"),
            (post(r#"{"tag":"text"}"#), "message_content_text_tag's text field can't be nil"),
            (post(r#"{"tag":"media"}"#), "message_content_media_tag's file_key field can't be nil"),
            (post(r#"{"tag":"emotion"}"#), "message_content_emotion_tag's emoji_type field can't be nil"),
            (
                post(r#"{"tag":"emotion","emoji_type":"NOPE"}"#),
                "message_content_emotion_tag's emoji_type is invalid",
            ),
            (post(r#"{"tag":"md"}"#), "message_content_md_tag's text field can't be nil"),
            (post(r#"{"tag":"marquee"}"#), "message_content has wrong tag"),
            (r#"{"post":{"zh_cn":{"content":[[]]}}}"#.to_owned(), "invalid message content"),
            (r#"{"zh_cn":{"content":"text"}}"#.to_owned(), "content format of the post type is incorrect"),
            (
                post(r#"{"tag":"text","text":"x","style":{"bold":true}}"#),
                "content format of the post type is incorrect",
            ),
        ];
        for (content, ext) in cases {
            assert_eq!(Content::parse(&MsgType::Post, &content).expect_err(&content).0, ext);
        }
    }
}
