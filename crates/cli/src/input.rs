//! Values that arguments name: `@file`, `-` for stdin, JSON, times.

use std::io::Read;

use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};
use serde_json::{Map, Value};

use crate::failure::{Failure, Kind, Result};

/// The most that is read from stdin or from a file named with `@`, in bytes.
const MAX_TEXT: u64 = 16 * 1024 * 1024;

/// An argument's text: itself, the contents of `@file`, or stdin for `-`. `@@` begins a text with `@`.
pub(crate) fn text(argument: &str, flag: &str) -> Result<String> {
    match argument {
        "-" => {
            String::from_utf8(stdin(MAX_TEXT)?).map_err(|_| Failure::usage("stdin is not UTF-8").param(flag))
        }
        _ => match argument.strip_prefix('@') {
            None => Ok(argument.to_owned()),
            Some(rest) if rest.starts_with('@') => Ok(rest.to_owned()),
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| Failure::usage(format!("{path}: {error}")).param(flag)),
        },
    }
}

/// All of stdin, up to a limit.
pub(crate) fn stdin(max: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(Kind::Internal, format!("stdin cannot be read: {error}")))?;
    if bytes.len() as u64 > max {
        return Err(Failure::usage(format!("stdin has more than {max} bytes")));
    }
    Ok(bytes)
}

/// An argument that is a JSON object.
pub(crate) fn object(argument: &str, flag: &str) -> Result<Map<String, Value>> {
    let text = text(argument, flag)?;
    // Shells that know no single quotes leave them in.
    let text = text.trim();
    let text = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).unwrap_or(text);
    serde_json::from_str(text)
        .map_err(|error| Failure::usage(format!("--{flag} is not a JSON object: {error}")).param(flag))
}

/// A point in time as a person writes it, in s since 1970.
///
/// RFC 3339, a local date with or without time, seconds since 1970, or how long ago: `2h`, `7d`.
/// A date alone means its beginning, or its end if `end` is set.
pub(crate) fn seconds(argument: &str, flag: &str, end: bool) -> Result<i64> {
    let argument = argument.trim();
    if let Ok(seconds) = argument.parse::<i64>() {
        return Ok(seconds);
    }
    if let Ok(time) = argument.parse::<Timestamp>() {
        return Ok(time.as_second());
    }
    let local = |time: DateTime| time.to_zoned(TimeZone::system()).map(|time| time.timestamp().as_second());
    if let Ok(date) = argument.parse::<jiff::civil::Date>()
        && !argument.contains(['T', ' ', ':'])
    {
        let time = if end { date.at(23, 59, 59, 0) } else { date.at(0, 0, 0, 0) };
        return local(time).map_err(|error| Failure::usage(error.to_string()).param(flag));
    }
    if let Ok(time) = argument.replacen(' ', "T", 1).parse::<DateTime>() {
        return local(time).map_err(|error| Failure::usage(error.to_string()).param(flag));
    }
    if let Ok(span) = argument.parse::<jiff::Span>()
        && let Ok(time) = Zoned::now().checked_sub(span)
    {
        return Ok(time.timestamp().as_second());
    }
    Err(Failure::usage(format!("--{flag} {argument:?} is no time"))
        .hint("write 2026-11-20, 2026-11-20T08:30, 2026-11-20T08:30:00+08:00, seconds since 1970, or how long ago: 2h, 7d")
        .param(flag))
}

/// A time as it is shown: RFC 3339 in the local zone, to the ms.
pub(crate) fn shown_time(ms: i64) -> String {
    let Ok(time) = Timestamp::from_millisecond(ms) else { return ms.to_string() };
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let read = |text: &str| seconds(text, "start", false).expect(text);
        assert_eq!(read("1608594809"), 1_608_594_809);
        assert_eq!(read("2020-12-21T23:53:29Z"), 1_608_594_809);
        assert_eq!(read("2020-12-22T07:53:29+08:00"), 1_608_594_809);
        let day = seconds("2020-12-22", "end", true).expect("a day") - read("2020-12-22");
        assert_eq!(day, 24 * 60 * 60 - 1);
        assert_eq!(read("2020-12-22 10:00") - read("2020-12-22"), 10 * 60 * 60);
        assert!(read("2h") < read("1h"));
        assert!(seconds("soon", "start", false).is_err());
    }
}
