//! The Markdown of posts and cards, as the nodes that readers get.
//!
//! It is the dialect of `/uAjLw4CM/ukTMukTMukTM/im-v1/message/create_json`: `~` underlines, `~~` strikes
//! through, `<at user_id="…">` mentions; styles do not nest. Lists and quotes come back as text.

use larkspur_api::content::post::{ANode, CodeBlockNode, HrNode, ImgNode, Node, TextNode};

use super::text;

/// Paragraphs of nodes.
pub fn nodes(markdown: &str) -> Vec<Vec<Node>> {
    let mut paragraphs = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            let code: Vec<_> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            let language = language.trim();
            let block = CodeBlockNode {
                language: (!language.is_empty()).then(|| language.to_uppercase()),
                text: code.join("\n"),
                ..CodeBlockNode::default()
            };
            paragraphs.push(vec![Node::CodeBlock(block)]);
        } else if line.trim() == "---" {
            paragraphs.push(vec![Node::Hr(HrNode::default())]);
        } else if !line.trim().is_empty() {
            let line = line.strip_prefix("> ").unwrap_or(line);
            paragraphs.push(inline(line));
        }
    }
    paragraphs
}

/// The pictures that stand in Markdown.
pub fn image_keys(markdown: &str) -> Vec<String> {
    let pictures = nodes(markdown).into_iter().flatten();
    pictures
        .filter_map(|node| match node {
            Node::Img(img) => Some(img.image_key.into()),
            _ => None,
        })
        .collect()
}

/// The styles, longest mark first, so that `***` is not read as `**`.
const STYLES: &[(&str, &[&str])] = &[
    ("***", &["bold", "italic"]),
    ("**", &["bold"]),
    ("*", &["italic"]),
    ("~~", &["lineThrough"]),
    ("~", &["underline"]),
];

/// One line of Markdown as nodes.
pub(super) fn inline(line: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let found = match first {
            '!' => picture(rest),
            '[' => link(rest),
            '<' => mention(rest),
            '*' | '~' => styled(rest),
            _ => None,
        };
        match found {
            Some((node, tail)) => {
                push_text(&mut nodes, &mut plain);
                nodes.push(node);
                rest = tail;
            }
            None => {
                plain.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    push_text(&mut nodes, &mut plain);
    nodes
}

fn push_text(nodes: &mut Vec<Node>, plain: &mut String) {
    if !plain.is_empty() {
        let text = std::mem::take(plain);
        nodes.push(Node::Text(TextNode { text, style: Some(Vec::new()), ..TextNode::default() }));
    }
}

fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    let (label, tail) = text.strip_prefix('[')?.split_once("](")?;
    let (target, tail) = tail.split_once(')')?;
    (!label.contains('\n') && !target.is_empty()).then_some((label, target, tail))
}

fn link(text: &str) -> Option<(Node, &str)> {
    let (label, href, tail) = bracketed(text)?;
    let node =
        ANode { text: label.to_owned(), href: href.to_owned(), style: Some(Vec::new()), ..ANode::default() };
    Some((Node::A(node), tail))
}

fn picture(text: &str) -> Option<(Node, &str)> {
    let (_, key, tail) = bracketed(text.strip_prefix('!')?)?;
    Some((Node::Img(ImgNode { image_key: key.into(), ..ImgNode::default() }), tail))
}

fn mention(text: &str) -> Option<(Node, &str)> {
    let (id, tail) = text::leading_at(text)?;
    Some((Node::at(id), tail))
}

fn styled(text: &str) -> Option<(Node, &str)> {
    STYLES.iter().find_map(|(mark, style)| {
        let body = text.strip_prefix(mark)?;
        let (inner, tail) = body.split_once(mark)?;
        // A mark with a blank beside it is a character like any other.
        let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
        let style = style.iter().map(|&name| name.to_owned()).collect();
        tight.then(|| {
            (Node::Text(TextNode { text: inner.to_owned(), style: Some(style), ..TextNode::default() }), tail)
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_documented_constructs_come_back_as_nodes() {
        let markdown = "**bold** and *italic* ~under~ ~~gone~~\n[site](https://x.cn) <at user_id=\"@_user_1\">Tom</at>\n> quote\n---\n```go\nfunc main() {}\n```\n1. one";
        let text = |text: &str, style: &[&str]| json!({"tag": "text", "text": text, "style": style});
        assert_eq!(
            serde_json::to_value(nodes(markdown)).expect("nodes are JSON"),
            json!([
                [
                    text("bold", &["bold"]),
                    text(" and ", &[]),
                    text("italic", &["italic"]),
                    text(" ", &[]),
                    text("under", &["underline"]),
                    text(" ", &[]),
                    text("gone", &["lineThrough"])
                ],
                [
                    {"tag": "a", "text": "site", "href": "https://x.cn", "style": []},
                    text(" ", &[]),
                    {"tag": "at", "user_id": "@_user_1"}
                ],
                [text("quote", &[])],
                [{"tag": "hr"}],
                [{"tag": "code_block", "language": "GO", "text": "func main() {}"}],
                [text("1. one", &[])]
            ])
        );
    }

    #[test]
    fn a_mark_beside_a_blank_is_a_character() {
        assert_eq!(serde_json::to_value(inline("2 * 3 * 4")).expect("JSON")[0]["text"], "2 * 3 * 4");
    }

    proptest! {
        #[test]
        fn no_markdown_panics(markdown in "(\\*{1,3}|~{1,2}|!?\\[|\\]\\(|\\)|```|---|<at user_id=\"|\">|</at>|[a-z好 \n]){0,30}") {
            let _ = nodes(&markdown);
        }
    }
}
