//! `larkspur event …`: what events there are, and what comes in.

mod consume;
mod list;
mod replay;
mod schema;
mod subscribe;

use clap::ArgMatches;

pub(crate) use self::consume::connections;
use super::Shortcut;
use crate::failure::{Failure, Result};

pub(crate) const COMMANDS: &[Shortcut] =
    &[list::COMMAND, schema::COMMAND, consume::COMMAND, subscribe::COMMAND, replay::COMMAND];

/// How long a flag says, as in `30s`, `5m`, `1h30m`. Nothing is no limit.
pub(crate) fn duration(matches: &ArgMatches, flag: &str) -> Result<Option<std::time::Duration>> {
    let Some(text) = matches.get_one::<String>(flag) else { return Ok(None) };
    let seconds = text.parse::<u64>().ok().map(std::time::Duration::from_secs);
    let spelled = || std::time::Duration::try_from(text.parse::<jiff::SignedDuration>().ok()?).ok();
    let read = seconds.or_else(spelled).ok_or_else(|| {
        Failure::usage(format!("--{flag} {text:?} is no duration"))
            .hint("write 30s, 5m, 1h30m or 500ms")
            .param(flag)
    })?;
    Ok(Some(read).filter(|read| !read.is_zero()))
}
