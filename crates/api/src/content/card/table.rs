//! Tables: columns with a type each, and rows that fit them.

use serde_json::{Map, Value};

use super::fault::Fault;

/// Refuses rows that do not fit their columns.
///
/// Source: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/table`, and 200914 and
/// 200915 in `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create`.
pub(super) fn check(table: &Map<String, Value>) -> Result<(), Fault> {
    let invalid = |value: String| Fault::new(200_914, "table rows is invalid").of(value);
    let columns = table.get("columns").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let rows = match table.get("rows") {
        None | Some(Value::Null) => &[],
        Some(Value::Array(rows)) => rows.as_slice(),
        Some(other) => return Err(invalid(other.to_string())),
    };
    for (number, row) in rows.iter().enumerate() {
        let row = row.as_object().ok_or_else(|| invalid(format!("row {number}")))?;
        let mut declared = 0;
        for (place, column) in columns.iter().enumerate() {
            let Some(cell) = column_name(column).and_then(|name| row.get(name)) else { continue };
            declared += 1;
            if !fits(column, cell) {
                return Err(invalid(format!("row {number}, column {place}")));
            }
        }
        // An example of the page has a key that no column declares beside others that they do.
        if declared == 0
            && let Some(name) = row.keys().next()
        {
            return Err(Fault::new(200_915, "table rows name is invalid").of(name));
        }
    }
    Ok(())
}

fn column_name(column: &Value) -> Option<&str> {
    column.get("name").and_then(Value::as_str)
}

/// Whether a cell is what its column holds.
fn fits(column: &Value, cell: &Value) -> bool {
    let each = |cell: &Value, fits: fn(&Value) -> bool| {
        cell.as_array().map_or_else(|| fits(cell), |cells| cells.iter().all(fits))
    };
    cell.is_null()
        || match column.get("data_type").and_then(Value::as_str).unwrap_or("text") {
            "text" => cell.is_string() || cell.is_number(),
            "lark_md" | "markdown" => cell.is_string(),
            "number" => cell.is_number(),
            "date" => cell.is_number() || cell.is_string(),
            "options" => each(cell, |option| option.is_string() || option.is_object()),
            "persons" => each(cell, Value::is_string),
            _ => true,
        }
}
