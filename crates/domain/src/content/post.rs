//! Posts: keys for mentions on the way in, one language without Markdown on the way out.

use larkspur_api::{
    code::message,
    content::post::{AtNode, Node, Post, PostBody},
};

use super::{Mentioned, Mentions, markdown, text};
use crate::Result;

/// A post with keys in the place of mentioned ids.
pub fn with_keys(post: &Post, mentions: &mut Mentions<'_>) -> Result<Post> {
    let mut post = post.clone();
    for node in post.0.values_mut().flat_map(|body| body.content.iter_mut().flatten()) {
        match node {
            Node::At(at) => {
                let key = mentions.key(&at.user_id)?;
                at.user_id = key.ok_or_else(|| message::INVALID_PARAM.because("invalid user_id"))?;
            }
            Node::Md(md) => {
                let unknown = || {
                    message::INVALID_PARAM
                        .because("message_content_md_tag's text field contains invalid user id")
                };
                md.text = text::markdown_with_keys(&md.text, mentions)?.ok_or_else(unknown)?;
            }
            _ => {}
        }
    }
    Ok(post)
}

/// The images and files that stand in a post.
pub fn resources(post: &Post) -> Vec<String> {
    let mut keys = Vec::new();
    for node in post.0.values().flat_map(|body| body.content.iter().flatten()) {
        match node {
            Node::Img(img) => keys.push(img.image_key.to_string()),
            Node::Media(media) => {
                keys.push(media.file_key.to_string());
                keys.extend(media.image_key.iter().map(ToString::to_string));
            }
            Node::Md(md) => keys.extend(markdown::image_keys(&md.text)),
            _ => {}
        }
    }
    keys
}

/// A stored post as readers get it.
pub fn received(post: &Post, mentioned: &[Mentioned]) -> PostBody {
    let Some(body) = post.body() else { return PostBody::default() };
    let mut content = Vec::with_capacity(body.content.len());
    for paragraph in &body.content {
        let mut nodes = Vec::with_capacity(paragraph.len());
        for node in paragraph {
            match node {
                Node::Md(md) => {
                    if !nodes.is_empty() {
                        content.push(std::mem::take(&mut nodes));
                    }
                    content.extend(markdown::nodes(&md.text));
                }
                other => nodes.push(other.clone()),
            }
        }
        if !nodes.is_empty() || paragraph.is_empty() {
            content.push(nodes);
        }
    }
    for node in content.iter_mut().flatten() {
        if let Node::At(AtNode { user_id, user_name, .. }) = node {
            let name = mentioned.iter().find(|known| known.key == *user_id).map(|known| known.name.clone());
            *user_name = Some(name.unwrap_or_default());
        }
    }
    PostBody { title: Some(body.title.clone().unwrap_or_default()), content, ..PostBody::default() }
}
