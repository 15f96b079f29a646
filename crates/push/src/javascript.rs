//! JSON as JavaScript writes it.
//!
//! The Node SDK does not sign the body that it received but `JSON.stringify(JSON.parse(body))`, and answers
//! 200 to a wrong signature, so nobody would notice. A signed body that is not encrypted therefore has to be
//! what JavaScript makes of itself. JavaScript differs from `serde_json` in two things: every number is a
//! 64-bit float and has its own spelling, and keys that look like the index of an array come first.

use serde_json::{Map, Value};

/// A value as `JSON.stringify(JSON.parse(…))` writes it, without blanks.
///
/// Whole numbers above 2⁵³ lose digits, as they do in JavaScript: they should travel as texts.
pub fn stringify(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) => text.push_str(&spell(float)),
            None => text.push_str(&number.to_string()),
        },
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => write_object(fields, text),
        // Texts have the same escapes in both.
        other => text.push_str(&other.to_string()),
    }
}

fn write_object(fields: &Map<String, Value>, text: &mut String) {
    let mut fields: Vec<_> = fields.iter().collect();
    // The sort is stable: what is not an index stays in the order it has.
    fields.sort_by_cached_key(|(key, _)| index(key).unwrap_or(u32::MAX));
    text.push('{');
    for (n, (key, value)) in fields.into_iter().enumerate() {
        if n > 0 {
            text.push(',');
        }
        write(&Value::from(key.as_str()), text);
        text.push(':');
        write(value, text);
    }
    text.push('}');
}

/// The index that a key is: `0` to `4294967294`, without a sign or zeros before it.
fn index(key: &str) -> Option<u32> {
    let index: u32 = key.parse().ok()?;
    (index < u32::MAX && index.to_string() == key).then_some(index)
}

/// A number as ECMAScript's `Number::toString` spells it.
fn spell(number: f64) -> String {
    // The digits are the fewest that read back as this number, and of two that are equally near the even.
    // `serde_json` finds the same; the formatting of the standard library takes the greater.
    let text = Value::from(number.abs()).to_string();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let padded = format!("{whole}{fraction}");
    let digits = padded.trim_start_matches('0');
    let zeros = padded.len() - digits.len();
    let exponent: isize = exponent.parse().unwrap_or_default();
    // How many digits stand before the point.
    let point = exponent + whole.len().cast_signed() - zeros.cast_signed();
    let digits = digits.trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    match (point, digits.split_at_checked(1)) {
        // -0 too.
        (_, None) => "0".to_owned(),
        (-5..=0, _) => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs())),
        (1..=21, _) => match digits.split_at_checked(point.unsigned_abs()) {
            None | Some((_, "")) => format!("{sign}{digits:0<width$}", width = point.unsigned_abs()),
            Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
        },
        (_, Some((first, ""))) => format!("{sign}{first}e{:+}", point - 1),
        (_, Some((first, rest))) => format!("{sign}{first}.{rest}e{:+}", point - 1),
    }
}
