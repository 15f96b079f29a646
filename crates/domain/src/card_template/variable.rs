//! Whether a value is what its variable holds.
//!
//! Source: `/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-fix-200732-or-200737-error`.

use larkspur_api::{
    content::card::Fault,
    platform::card_template::{Variable, VariableType},
};
use serde_json::Value;

/// Refuses a value of another type or format.
pub(super) fn check(variable: &Variable, value: &Value) -> Result<(), Fault> {
    use VariableType as Type;
    let (specified, fits) = match &variable.r#type {
        Type::Text | Type::Markdown => ("string", value.is_string()),
        Type::Integer => ("number", is_integer(value)),
        Type::Image => ("object", has(value, "img_key")),
        Type::Date => return format(variable, value, "yyyy-MM-dd"),
        Type::Time => return format(variable, value, "hh:mm"),
        Type::Datetime => return format(variable, value, "yyyy-MM-dd hh:mm"),
        Type::Url => ("object", is_url(value)),
        Type::Button => ("array", all(value, |one| has(one, "text"))),
        Type::OptionArray => ("array", all(value, |one| has(one, "text") && has(one, "value"))),
        Type::ObjectArray | Type::TableRowArray => ("array", all(value, Value::is_object)),
        Type::ImageArray => ("array", all(value, |one| has(one, "img_key"))),
        Type::TextArray => ("array", all(value, Value::is_string)),
        Type::Object | Type::Chart => ("object", value.is_object()),
        Type::Person => ("object", has_id(value)),
        Type::PersonArray => ("array", all(value, has_id)),
        Type::Boolean => ("bool", value.is_boolean()),
        Type::Other(_) => return Ok(()),
    };
    if fits { Ok(()) } else { Err(inconsistent(variable, specified, value)) }
}

/// The table has two spaces before these values.
fn inconsistent(variable: &Variable, specified: &str, value: &Value) -> Fault {
    let message = "the actual type of the variable is inconsistent with the specified type in the template. \
                   Please check the type of the variable";
    Fault::new(200_732, message).of(format!(
        " varName: {}, specifiedType:  {specified}, actualType:  {}",
        variable.name,
        type_of(value)
    ))
}

/// A string in which digits stand where the format has letters.
fn format(variable: &Variable, value: &Value, format: &str) -> Result<(), Fault> {
    let Some(text) = value.as_str() else { return Err(inconsistent(variable, "string", value)) };
    let fits = text.len() == format.len()
        && text.bytes().zip(format.bytes()).all(|(byte, pattern)| {
            if pattern.is_ascii_alphabetic() { byte.is_ascii_digit() } else { byte == pattern }
        });
    let hours = text.get(text.len().saturating_sub(5)..).filter(|_| format.ends_with("hh:mm"));
    if fits && hours.is_none_or(|time| time < "24:00" && time.get(3..).is_some_and(|minutes| minutes < "60"))
    {
        return Ok(());
    }
    let message = "the format of the variable is incorrect. Please check the format of the variable";
    let value = format!("varName: {}, specifiedFormat: {format}, actualFormat: {text}", variable.name);
    Err(Fault::new(200_737, message).of(value))
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn is_integer(value: &Value) -> bool {
    let digits = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    value.is_number() || value.as_str().is_some_and(digits)
}

fn has(value: &Value, name: &str) -> bool {
    value.get(name).is_some_and(Value::is_string)
}

fn has_id(value: &Value) -> bool {
    value.get("id").and_then(Value::as_str).is_some_and(|id| !id.is_empty())
}

fn is_url(value: &Value) -> bool {
    let text_or_none = |(name, value): (&String, &Value)| {
        !(name == "url" || name.ends_with("_url")) || value.is_null() || value.is_string()
    };
    value.as_object().is_some_and(|object| object.iter().all(text_or_none))
}

fn all(value: &Value, fits: impl Fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|values| values.iter().all(fits))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_type_has_its_values() {
        let cases = [
            ("text", json!("x"), json!(1)),
            ("integer", json!(1), json!("x")),
            ("integer", json!("-12"), json!("1.5")),
            ("image", json!({"img_key": "img_1"}), json!("img_1")),
            ("date", json!("2024-11-06"), json!("2024-11")),
            ("time", json!("10:16"), json!("24:00")),
            ("time", json!("23:59"), json!("10:60")),
            ("datetime", json!("2024-11-06 10:16"), json!("2024-11-06")),
            ("url", json!({"url": "https://x.cn", "pc_url": null}), json!({"url": 1})),
            ("button", json!([{"text": "a"}]), json!([{}])),
            ("option_array", json!([{"text": "a", "value": "1"}]), json!([{"text": "a"}])),
            ("object_array", json!([{}]), json!({})),
            ("image_array", json!([{"img_key": "k"}]), json!(["k"])),
            ("text_array", json!(["a"]), json!([1])),
            ("object", json!({}), json!([])),
            ("person", json!({"id": "ou_1"}), json!({"id": ""})),
            ("person_array", json!([{"id": "ou_1"}]), json!([{}])),
            ("table_row_array", json!([{"a": 1}]), json!([1])),
            ("boolean", json!(false), json!("false")),
            ("chart", json!({"type": "bar"}), json!("bar")),
        ];
        for (kind, good, bad) in cases {
            let variable =
                Variable { name: "v".to_owned(), r#type: VariableType::from(kind), ..Variable::default() };
            assert_eq!(check(&variable, &good), Ok(()), "{kind} {good}");
            let fault = check(&variable, &bad).expect_err(kind);
            let formatted = bad.is_string() && ["date", "time", "datetime"].contains(&kind);
            assert_eq!(fault.code, if formatted { 200_737 } else { 200_732 }, "{kind} {bad}");
        }
    }
}
