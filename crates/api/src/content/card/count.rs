//! What is counted in a card.

use serde_json::{Map, Value};

/// Properties that hold data and no elements, whatever the data look like.
pub(super) const DATA: [&str; 4] = ["value", "chart_spec", "rows", "behaviors"];

/// Everything with a tag, at whatever depth.
pub(super) fn elements(object: &Map<String, Value>) -> usize {
    let own = usize::from(object.get("tag").is_some_and(Value::is_string));
    let inner = object.iter().filter(|(name, _)| !DATA.contains(&name.as_str()));
    own + inner.map(|(_, value)| tagged(value)).sum::<usize>()
}

fn tagged(value: &Value) -> usize {
    match value {
        Value::Object(object) => elements(object),
        Value::Array(values) => values.iter().map(tagged).sum(),
        _ => 0,
    }
}

/// The tables in Markdown: a line with bars, and under it a line of dashes and bars. Code is passed over.
pub(super) fn markdown_tables(markdown: &str) -> usize {
    let mut in_code = false;
    let mut above = "";
    let mut tables = 0;
    for line in markdown.lines() {
        let line = line.trim();
        if line.starts_with("```") {
            in_code = !in_code;
        } else if !in_code && above.contains('|') && is_rule(line) {
            tables += 1;
        }
        above = line;
    }
    tables
}

/// `| --- | :-: |`
fn is_rule(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}
