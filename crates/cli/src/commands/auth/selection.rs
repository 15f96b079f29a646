//! Which scopes a login asks for.

use std::{collections::BTreeSet, io::IsTerminal};

use clap::ArgMatches;
use larkspur::{Client, application::v6::application::get};
use larkspur_api::endpoint::{Scopes, registry};

use super::words;
use crate::failure::{Failure, Kind, Result};

/// Never asked for unless it is named: it lets the app speak as the user.
const NEVER_IN_A_SET: &str = "im:message.send_as_user";

/// What flags ask for.
#[derive(Default)]
pub(super) struct Asked {
    named: Vec<String>,
    /// The domains whose scopes the app has.
    domains: Vec<String>,
    excluded: Vec<String>,
}

/// The domains that have endpoints for users, in the order of their names.
fn domains() -> Vec<&'static str> {
    let with_users = registry().into_iter().filter(|entry| entry.meta.user.is_some());
    with_users.map(|entry| entry.meta.project()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Reads the flags. At a terminal a person is asked if there are none.
pub(super) fn asked(matches: &ArgMatches, may_ask: bool) -> Result<Asked> {
    let list = |flag: &str| matches.get_one::<String>(flag).map(|list| words(list)).unwrap_or_default();
    let known = domains();
    let mut given: Vec<String> =
        matches.get_many::<String>("domain").into_iter().flatten().cloned().collect();
    if matches.get_flag("recommend") && given.is_empty() {
        given.push("all".to_owned());
    }
    if given.is_empty() && matches.get_one::<String>("scope").is_none() {
        let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if !may_ask || !is_terminal {
            return Err(Failure::usage("nothing is asked for").hint(format!(
                "pass --scope, --recommend, or --domain with some of {}, all",
                known.join(", ")
            )));
        }
        given = pick(&known)?;
    }
    let mut chosen = Vec::new();
    for domain in given {
        if domain == "all" {
            chosen = known.iter().map(|&domain| domain.to_owned()).collect();
            break;
        }
        if !known.contains(&domain.as_str()) {
            return Err(Failure::usage(format!("{domain:?} is no domain"))
                .hint(format!("there are {}, all", known.join(", ")))
                .param("domain"));
        }
        chosen.push(domain);
    }
    Ok(Asked { named: list("scope"), domains: chosen, excluded: list("exclude") })
}

fn pick(known: &[&str]) -> Result<Vec<String>> {
    let picked = dialoguer::MultiSelect::new()
        .with_prompt("What may the app do in your name? Space chooses, Enter goes on")
        .items(known)
        .interact()
        .map_err(|error| Failure::new(Kind::Internal, error.to_string()))?;
    let picked: Vec<_> =
        picked.into_iter().filter_map(|at| known.get(at)).map(|&one| one.to_owned()).collect();
    if picked.is_empty() { Err(Failure::usage("nothing was chosen")) } else { Ok(picked) }
}

impl Asked {
    /// The scopes: those that were named, and those of the domains as far as the app has them.
    pub(super) async fn scopes(self, app: &Client) -> Result<Vec<String>> {
        let mut scopes = self.named;
        if !self.domains.is_empty() {
            let needed = needed(&self.domains);
            let enabled = enabled(app).await?;
            let fitting = enabled.into_iter().filter(|scope| needed.contains(scope.as_str()));
            let fitting: Vec<_> =
                fitting.filter(|scope| scope != NEVER_IN_A_SET && !scopes.contains(scope)).collect();
            scopes.extend(fitting);
        }
        scopes.retain(|scope| !self.excluded.contains(scope));
        if scopes.is_empty() {
            return Err(Failure::usage("the app has none of the scopes that would be asked for")
                .hint("`larkspur auth scopes` lists those it has")
                .with("sent", false));
        }
        Ok(scopes)
    }
}

fn needed(domains: &[String]) -> BTreeSet<&'static str> {
    registry()
        .into_iter()
        .filter(|entry| domains.iter().any(|domain| domain == entry.meta.project()))
        .filter_map(|entry| entry.meta.user)
        .flat_map(Scopes::names)
        .copied()
        .collect()
}

/// The scopes that users can grant to the app.
pub(super) async fn enabled(app: &Client) -> Result<Vec<String>> {
    let answer = app.send(get::Request::new("me", get::Lang::EnUs)).await.map_err(|error| {
        let failure = Failure::from(error);
        let hint = "the app may read its own scopes with application:application:self_manage; otherwise pass --scope";
        if failure.kind() == Kind::Authorization { failure.hint(hint) } else { failure }
    })?;
    let scopes = answer.app.scopes.unwrap_or_default().into_iter();
    let mut scopes: Vec<_> = scopes
        .filter(|scope| scope.token_types.iter().any(|kind| kind == "user"))
        .map(|scope| scope.scope)
        .collect();
    scopes.sort();
    Ok(scopes)
}
