//! Whether this machine's clock goes as the platform's does: signatures and tokens are judged by it.

use super::{check::Report, reach::Asked};

/// From here on it is told, in s.
const TOLD: i64 = 60;

/// From here on signatures are refused: the SDKs take those of the last 5 min.
const REFUSED: i64 = 300;

/// Compares it with the time in an answer that came just now.
pub(super) fn look(asked: &Asked, report: &mut Report) {
    let Some(theirs) = asked.date().and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) else {
        return report.skip("clock", "the platform does not tell the time");
    };
    let ahead = jiff::Timestamp::now().as_second() - theirs.timestamp().as_second();
    let message = match ahead {
        -2..=2 => "it goes as the platform's does".to_owned(),
        3.. => format!("this machine is {ahead} s ahead of the platform"),
        _ => format!("this machine is {} s behind the platform", -ahead),
    };
    let fix = "set the clock, best with NTP (timedatectl set-ntp true)";
    match ahead.abs() {
        0..=TOLD => report.pass("clock", message),
        off if off <= REFUSED => report.warn("clock", message, fix),
        _ => report.fail("clock", message, fix),
    }
}
