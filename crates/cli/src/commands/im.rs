//! `larkspur im +…`: the commands people and agents use most, each building requests of the contract.

pub(crate) mod chat_create;
pub(crate) mod chat_messages_list;
pub(crate) mod chat_update;
pub(crate) mod content;
pub(crate) mod messages_mget;
pub(crate) mod messages_reply;
pub(crate) mod messages_resources_download;
pub(crate) mod messages_search;
pub(crate) mod messages_send;

use std::str::FromStr;

use clap::ArgMatches;

use crate::failure::{Failure, Result};

pub(crate) use super::Shortcut;

pub(crate) const SHORTCUTS: &[Shortcut] = &[
    messages_send::SHORTCUT,
    messages_reply::SHORTCUT,
    chat_messages_list::SHORTCUT,
    messages_mget::SHORTCUT,
    messages_search::SHORTCUT,
    messages_resources_download::SHORTCUT,
    chat_create::SHORTCUT,
    chat_update::SHORTCUT,
];

/// A flag's id, refused if it is not of its kind.
pub(crate) fn id<T: FromStr<Err: std::fmt::Display>>(matches: &ArgMatches, flag: &str) -> Result<Option<T>> {
    let Some(text) = matches.get_one::<String>(flag) else { return Ok(None) };
    // A link to a chat holds its id.
    let text = text.rsplit('/').find(|part| part.starts_with("oc_")).unwrap_or(text);
    text.parse().map(Some).map_err(|error: T::Err| Failure::usage(format!("--{flag}: {error}")).param(flag))
}

/// A flag's ids, separated by commas.
pub(crate) fn ids<T: FromStr<Err: std::fmt::Display>>(
    matches: &ArgMatches,
    flag: &str,
    max: usize,
) -> Result<Vec<T>> {
    let texts = matches.get_many::<String>(flag).into_iter().flatten().filter(|text| !text.is_empty());
    let ids: Vec<T> = texts
        .map(|text| {
            text.trim()
                .parse()
                .map_err(|error: T::Err| Failure::usage(format!("--{flag}: {error}")).param(flag))
        })
        .collect::<Result<_>>()?;
    if ids.len() > max {
        return Err(Failure::usage(format!(
            "--{flag} names {}, and at most {max} are taken at once",
            ids.len()
        ))
        .param(flag));
    }
    Ok(ids)
}
