//! The markup of texts: mentions and styles.

use super::Mentions;
use crate::Result;

/// A mention in a text: `<at user_id="ou_…">name</at>`.
#[derive(Debug, PartialEq, Eq)]
struct At<'a> {
    /// Where it begins.
    start: usize,
    /// Where it ends.
    end: usize,
    id: &'a str,
    name: &'a str,
}

/// The next mention from `from` on.
fn next_at(text: &str, from: usize) -> Option<At<'_>> {
    const OPEN: &str = "<at user_id=\"";
    let mut search = from;
    loop {
        let start = search + text.get(search..)?.find(OPEN)?;
        let id_start = start + OPEN.len();
        search = id_start;
        let Some(id_len) = text.get(id_start..)?.find('"') else { continue };
        let after_id = text.get(id_start + id_len + 1..)?;
        let Some(body) = after_id.strip_prefix('>') else { continue };
        let Some(name_len) = body.find("</at>") else { continue };
        let name_start = id_start + id_len + 2;
        return Some(At {
            start,
            end: name_start + name_len + "</at>".len(),
            id: text.get(id_start..id_start + id_len)?,
            name: body.get(..name_len)?,
        });
    }
}

/// The text with `@_user_1` in the place of each mention. One that names nobody stays as it is.
pub fn with_keys(text: &str, mentions: &mut Mentions<'_>) -> Result<String> {
    replace(text, |at| mentions.key(at.id))
}

/// Markdown with the key in the place of each mentioned id; the markup stays.
/// `None` if one of them names nobody.
pub(super) fn markdown_with_keys(markdown: &str, mentions: &mut Mentions<'_>) -> Result<Option<String>> {
    let mut unknown = false;
    let text = replace(markdown, |at| {
        let key = mentions.key(at.id)?;
        unknown |= key.is_none();
        Ok(key.map(|key| larkspur_api::content::text::mention(&key, at.name)))
    })?;
    Ok((!unknown).then_some(text))
}

fn replace(text: &str, mut with: impl FnMut(&At<'_>) -> Result<Option<String>>) -> Result<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(at) = next_at(text, rest) {
        out.push_str(text.get(rest..at.start).unwrap_or_default());
        match with(&at)? {
            Some(replacement) => out.push_str(&replacement),
            None => out.push_str(text.get(at.start..at.end).unwrap_or_default()),
        }
        rest = at.end;
    }
    out.push_str(text.get(rest..).unwrap_or_default());
    Ok(out)
}

/// The id of a mention that stands at the very start of `text`, and what follows it.
pub(super) fn leading_at(text: &str) -> Option<(&str, &str)> {
    let at = next_at(text, 0).filter(|at| at.start == 0)?;
    Some((at.id, text.get(at.end..)?))
}

/// The text without `<b>`, `<i>`, `<u>` and `<s>`. If they do not match up, it stays as it is.
pub fn without_styles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(position) = rest.find('<') {
        let (before, tag) = rest.split_at(position);
        out.push_str(before);
        let style = ["b", "i", "u", "s"].into_iter().find_map(|name| {
            let tag = tag.strip_prefix('<')?;
            let (opens, tag) = tag.strip_prefix('/').map_or((true, tag), |tag| (false, tag));
            Some((name, opens, tag.strip_prefix(name)?.strip_prefix('>')?))
        });
        match style {
            Some((name, true, tail)) => {
                open.push(name);
                rest = tail;
            }
            Some((name, false, tail)) => {
                if open.pop() != Some(name) {
                    return text.to_owned();
                }
                rest = tail;
            }
            None => {
                out.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    if open.is_empty() {
        out.push_str(rest);
        out
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn styles_that_match_up_are_dropped() {
        assert_eq!(without_styles("<b>bold<i>, both</i></b> plain"), "bold, both plain");
        assert_eq!(without_styles("a < b and <u>c</u>"), "a < b and c");
        assert_eq!(without_styles("<b>never closed"), "<b>never closed");
        assert_eq!(without_styles("<b><i>crossed</b></i>"), "<b><i>crossed</b></i>");
    }

    #[test]
    fn a_mention_is_found_where_it_stands() {
        let text = r#"hi <at user_id="ou_1">Tom</at>!"#;
        assert_eq!(next_at(text, 0), Some(At { start: 3, end: 30, id: "ou_1", name: "Tom" }));
        assert_eq!(next_at(r#"<at user_id="ou_1>Tom</at>"#, 0), None);
        let second = next_at(r#"<at user_id="x" y>z <at user_id="all"></at>"#, 0).expect("the second");
        assert_eq!(second.id, "all");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in r#"(<at user_id="|">|</at>|</?[bius]>|[a-z好"<> ]){0,20}"#) {
            let _ = without_styles(&text);
            let mut from = 0;
            while let Some(at) = next_at(&text, from) {
                prop_assert!(at.end > from);
                from = at.end;
            }
        }
    }
}
