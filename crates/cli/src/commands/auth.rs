//! `larkspur auth …`: users who log in, so that commands can be run in their name.

mod check;
mod list;
mod login;
mod logout;
mod refresh;
mod scopes;
mod selection;
mod status;
mod use_user;

use larkspur::{
    FEISHU, LARK,
    login::{TokenStatus, UserToken},
};
use serde_json::{Map, Value};

use super::Shortcut;
use crate::input::shown_time;

pub(crate) use self::status::{about, who};

pub(crate) const COMMANDS: &[Shortcut] = &[
    login::COMMAND,
    logout::COMMAND,
    status::COMMAND,
    list::COMMAND,
    use_user::COMMAND,
    refresh::COMMAND,
    check::COMMAND,
    scopes::COMMAND,
];

/// What the official command line calls a platform.
pub(crate) fn brand(base_url: &str) -> &'static str {
    match base_url {
        FEISHU => "feishu",
        LARK => "lark",
        _ => "custom",
    }
}

/// The words of a list, apart by spaces or commas, each once.
fn words(list: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in list.split([' ', ',', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// A user as `status` and `list` show it.
fn shown(user: &UserToken) -> Map<String, Value> {
    let time = |ms: u64| Value::from(shown_time(i64::try_from(ms).unwrap_or(i64::MAX)));
    let mut shown = Map::new();
    let mut put = |key: &str, value: Value| drop(shown.insert(key.to_owned(), value));
    put("userName", user.name.clone().into());
    put("userOpenId", user.open_id.clone().into());
    put("tokenStatus", user.status().name().into());
    put("scope", user.scope.clone().into());
    put("expiresAt", time(user.expires_at));
    put("refreshExpiresAt", user.refresh_expires_at.map_or(Value::Null, time));
    put("grantedAt", time(user.granted_at));
    if let Some(ended) = &user.ended {
        put("note", format!("the login cannot be renewed: {ended}").into());
    } else if user.status() == TokenStatus::NeedsRefresh {
        put("note", "the next call as this user refreshes the token".into());
    }
    shown
}
