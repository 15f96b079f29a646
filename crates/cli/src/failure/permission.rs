//! What helps who may not do something.

use larkspur::{ApiError, login::OFFLINE_ACCESS};
use larkspur_api::{code::gateway, endpoint::Scopes};

/// How to get a login that allows all of these.
pub(crate) fn login(scopes: Vec<&str>) -> String {
    if scopes.is_empty() {
        return "run `larkspur auth login`".to_owned();
    }
    format!("run `larkspur auth login --scope \"{}\"`", scopes.join(" "))
}

/// The scopes to ask for, of those that an endpoint names: all it needs, or the first of those of which one is enough.
pub(crate) fn wanted(scopes: Scopes) -> Vec<&'static str> {
    match scopes {
        Scopes::Any(names) => names.first().copied().into_iter().collect(),
        Scopes::All(names) => names.to_vec(),
    }
}

/// What to do about scopes that are missing: where one of several is enough, the first of them.
pub(super) fn hint(error: &ApiError, known: String) -> String {
    let first = || login(error.scopes.first().map(String::as_str).into_iter().collect());
    match error.code {
        code if code == gateway::USER_SCOPE_MISSING.number => first(),
        code if code == gateway::APP_SCOPE_MISSING.number => {
            format!("{known}; to call as a user, then {}", first())
        }
        _ => known,
    }
}

/// Scopes that every login has or asks for.
pub(super) fn is_implied(scope: &str) -> bool {
    [OFFLINE_ACCESS, "auth:user.id:read"].contains(&scope)
}

/// Where a user proves who they are, if the tenant's policy wants that first: 21000 and 21001.
pub(super) fn challenge(error: &ApiError) -> Option<&str> {
    if !matches!(error.code, 21_000 | 21_001) {
        return None;
    }
    let data = error.body.get("data").unwrap_or(&error.body);
    data.get("challenge_url")?.as_str().filter(|url| url.starts_with("https://"))
}
