//! Whether a chart can be drawn.

use serde_json::Value;

/// Parts of a chart that are lists.
const LISTS: [&str; 2] = ["axes", "series"];

/// What is wrong with a `chart_spec`, in the words of the validator that reads it.
///
/// It has a schema for each type of chart that is not published; what is published is the shape of its answer.
///
/// Source: the example of 200550 in `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create`.
pub(super) fn fault(spec: &Value) -> Option<String> {
    let Some(object) = spec.as_object() else {
        return Some(format!("- (root): Invalid type. Expected: object, given: {}\n", name(spec)));
    };
    let root = "- (root): Must validate at least one schema (anyOf)\n";
    if !object.get("type").is_some_and(Value::is_string) {
        return Some(format!("{root}- (root): type is required\n"));
    }
    LISTS.into_iter().find_map(|part| {
        let value = object.get(part).filter(|value| !value.is_array())?;
        Some(format!("{root}- {part}: Invalid type. Expected: array, given: {}\n", name(value)))
    })
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
