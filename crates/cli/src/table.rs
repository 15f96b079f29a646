//! Answers as tables: for eyes, and as CSV.

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::{Map, Value};

/// The deepest objects that are spread over columns; deeper ones stay JSON.
const DEPTH: usize = 3;

/// The widest a cell for eyes may be, in characters.
const CELL: usize = 80;

/// A line below the header and nothing else: rows can be copied, and narrow terminals hold them.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The rows of an answer: its first list of objects, or the answer itself as one row.
pub(crate) fn rows(data: &Value) -> Vec<&Value> {
    let list = data.as_object().and_then(|object| {
        object
            .values()
            .find_map(|value| value.as_array().filter(|list| list.first().is_none_or(Value::is_object)))
    });
    match (data, list) {
        (Value::Array(list), _) => list.iter().collect(),
        (_, Some(list)) => list.iter().collect(),
        _ => vec![data],
    }
}

fn flatten(prefix: &str, value: &Value, depth: usize, out: &mut Map<String, Value>) {
    match value {
        Value::Object(object) if depth > 0 && !object.is_empty() => {
            for (key, value) in object {
                let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&name, value, depth - 1, out);
            }
        }
        _ => {
            out.insert(prefix.to_owned(), value.clone());
        }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Column names in the order they first appear, and the flat rows.
fn grid(rows: &[&Value]) -> (Vec<String>, Vec<Map<String, Value>>) {
    let mut columns: Vec<String> = Vec::new();
    let flat: Vec<_> = rows
        .iter()
        .map(|row| {
            let mut flat = Map::new();
            flatten("", row, DEPTH, &mut flat);
            for name in flat.keys() {
                if !columns.contains(name) {
                    columns.push(name.clone());
                }
            }
            flat
        })
        .collect();
    (columns, flat)
}

/// A table for eyes. A single object stands with a name and a value to a line.
pub(crate) fn table(data: &Value) -> String {
    let rows = rows(data);
    if rows.is_empty() {
        return "(empty)".to_owned();
    }
    let (columns, flat) = grid(&rows);
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    let shown = |value: Option<&Value>| {
        let text = harmless(&value.map(cell).unwrap_or_default(), false);
        if text.chars().count() > CELL { text.chars().take(CELL - 1).chain(['…']).collect() } else { text }
    };
    if let ([flat], [row]) = (flat.as_slice(), rows.as_slice())
        && std::ptr::eq(*row, data)
    {
        for (name, value) in flat {
            table.add_row([name.clone(), shown(Some(value))]);
        }
    } else {
        table.set_header(&columns);
        for row in &flat {
            table.add_row(columns.iter().map(|name| shown(row.get(name))));
        }
    }
    table.trim_fmt()
}

/// CSV with a header, as RFC 4180 has it.
pub(crate) fn csv(data: &Value) -> String {
    let rows = rows(data);
    let (columns, flat) = grid(&rows);
    let mut writer = csv::Writer::from_writer(Vec::new());
    if !columns.is_empty() {
        let _ = writer.write_record(&columns);
        for row in &flat {
            let _ =
                writer.write_record(columns.iter().map(|name| row.get(name).map(cell).unwrap_or_default()));
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

/// Text that cannot steer a terminal: no control characters, no reversal of direction.
pub(crate) fn harmless(text: &str, lines: bool) -> String {
    let steers = |c: char| {
        c.is_control() && !(lines && c == '\n')
            || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).map(|c| if steers(c) { '·' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_become_rows_and_objects_lines() {
        let data = json!({"has_more": false, "items": [{"id": 1, "sender": {"id": "ou_1"}}, {"id": 2, "note": "好"}]});
        assert_eq!(csv(&data), "id,sender.id,note\n1,ou_1,\n2,,好");
        let table = table(&json!({"image_key": "img_1"}));
        assert!(table.contains("image_key") && table.contains("img_1"), "{table}");
        assert_eq!(super::table(&json!({"items": []})), "(empty)");
    }

    #[test]
    fn escapes_do_not_reach_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c\nd", false), "a·[31mb·c·d");
        assert_eq!(harmless("a\nb", true), "a\nb");
    }
}
