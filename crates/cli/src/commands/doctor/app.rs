//! Whether the app is in use, and what it is told.

use larkspur::bot::v3::bot::info;
use larkspur_api::{endpoint::Scopes, event::Kind};

use super::{
    Expected, Patient, Way,
    check::Report,
    facts::{Facts, Subscription},
    reach::Admitted,
};
use crate::feed::keys::ALL;

/// The refusal of an app that its tenant does not use.
const NOT_IN_USE: i64 = 99_991_662;

/// The refusals of an app without a bot.
const NO_BOT: [i64; 3] = [11_205, 230_006, 232_025];

/// Scopes with which an app hears what is said to its bot alone.
const P2P: &[&str] = &["im:message.p2p_msg", "im:message.p2p_msg:readonly"];

/// Scopes with which it hears what is said to it in a group.
const GROUP_AT: &[&str] = &[
    "im:message.group_at_msg",
    "im:message.group_at_msg:readonly",
    "im:message.group_at_msg.include_bot:readonly",
];

/// Scopes with which it hears all that users say in its groups.
const GROUP: &[&str] = &["im:message.group_msg", "im:message.group_msg:readonly"];

/// Looks whether the tenant uses the app, and whether it has a bot.
pub(super) async fn in_use(patient: &Patient, facts: &Facts, admitted: Admitted, report: &mut Report) {
    let told = if admitted == Admitted::Yes {
        Some(patient.within(async { Ok(patient.client.send(info::Request::default()).await?.bot) }).await)
    } else {
        None
    };
    let number = told.as_ref().and_then(|told| told.as_ref().err()?.number());
    let mend =
        |local: &str, console: &str| if facts.is_local { local.to_owned() } else { console.to_owned() };
    let enable = mend(
        "larkspur platform app update --activate-status 2",
        "enable it in the admin console, or publish a version in the developer console",
    );
    match (facts.activate_status, facts.in_use, number) {
        (Some(1), ..) => {
            report.fail("app", "no version of it is published: what was set up does not count yet", enable);
        }
        (_, Some(false), _) | (_, _, Some(NOT_IN_USE)) => {
            report.fail(
                "app",
                "it is not in use: the tenant has stopped it, or no version is published",
                enable,
            );
        }
        _ => match (&told, &facts.name) {
            (Some(Ok(bot)), _) => report.pass("app", format!("{} is in use", bot.app_name)),
            (_, Some(name)) => report.pass("app", format!("{name} is in use")),
            _ => report.skip("app", "the platform does not tell"),
        },
    }
    let ability = mend(
        "larkspur platform app update --bot=true",
        "add the ability Bot in the developer console, and publish a version",
    );
    match (facts.has_bot, told) {
        (Some(false), _) => report.fail("bot", "the app has no bot", ability),
        (_, Some(Err(failure))) if failure.number().is_some_and(|number| NO_BOT.contains(&number)) => {
            report.fail("bot", failure.message(), ability);
        }
        (Some(true), _) | (_, Some(Ok(_))) => report.pass("bot", "the app has a bot"),
        (_, Some(Err(failure))) if failure.number() != Some(NOT_IN_USE) => {
            report.warn("bot", failure.message(), "look at the app in the developer console");
        }
        _ => report.skip("bot", "the platform does not tell"),
    }
}

/// Looks whether events go where the bot listens.
pub(super) fn ways(expected: &Expected, facts: &Facts, live: Option<u64>, report: &mut Report) {
    let kinds = [
        ("event_mode", Kind::Event, !expected.events.is_empty()),
        ("callback_mode", Kind::Callback, !expected.callbacks.is_empty()),
    ];
    for (name, kind, _) in kinds.into_iter().filter(|(.., matters)| *matters) {
        match facts.of(kind) {
            Some(subscription) => way(name, kind, subscription, expected, facts, live, report),
            None => report.skip(
                name,
                "the platform does not tell: look at Events & Callbacks in the developer console",
            ),
        }
    }
}

fn way(
    name: &'static str,
    kind: Kind,
    subscription: &Subscription,
    expected: &Expected,
    facts: &Facts,
    live: Option<u64>,
    report: &mut Report,
) {
    let (what, flag) = match kind {
        Kind::Event => ("events", "event"),
        Kind::Callback => ("callbacks", "callback"),
    };
    let url_flag = if kind == Kind::Event { "request-url" } else { "callback-url" };
    let to_long_connection = if facts.is_local {
        format!("larkspur platform app update --{flag}-mode long_connection")
    } else {
        "developer console, Events & Callbacks: receive through a long connection".to_owned()
    };
    let to_webhook = if facts.is_local {
        format!("larkspur platform app update --{flag}-mode webhook --{url_flag} URL")
    } else {
        "developer console, Events & Callbacks: send to developer's server".to_owned()
    };
    let by_connection = expected.via == Some(Way::LongConnection) || expected.via.is_none() && live > Some(0);
    match (subscription.way, &subscription.url) {
        (None, _) => report.skip(name, "the platform does not tell"),
        (Some(Way::LongConnection), _) if expected.via == Some(Way::Webhook) => {
            report.fail(
                name,
                format!("{what} go over long connections, and the bot waits for requests"),
                to_webhook,
            );
        }
        (Some(Way::LongConnection), _) => report.pass(name, format!("{what} go over long connections")),
        (Some(Way::Webhook), url) if by_connection => {
            let url = url.as_deref().unwrap_or("no address at all");
            let message = format!("{what} are posted to {url}, and the bot listens over a long connection");
            report.fail(name, message, to_long_connection);
        }
        (Some(Way::Webhook), None) => report.fail(
            name,
            format!("{what} are to be posted, and no address is set"),
            format!("{to_long_connection}; or, to get requests: {to_webhook}"),
        ),
        (Some(Way::Webhook), Some(url)) if expected.via.is_none() => report.warn(
            name,
            format!("{what} are posted to {url}; over a long connection nothing comes"),
            format!("if the bot opens one: {to_long_connection}; if not, pass --via webhook"),
        ),
        (Some(Way::Webhook), Some(url)) => report.pass(name, format!("{what} are posted to {url}")),
    }
}

/// Looks whether the app subscribes to what the bot should hear.
pub(super) fn subscriptions(expected: &Expected, facts: &Facts, report: &mut Report) {
    for (name, kind, wanted) in
        [("events", Kind::Event, &expected.events), ("callbacks", Kind::Callback, &expected.callbacks)]
    {
        if wanted.is_empty() {
            continue;
        }
        let Some(subscription) = facts.of(kind) else {
            report.skip(
                name,
                "the platform does not tell: look at Events & Callbacks in the developer console",
            );
            continue;
        };
        let listed =
            |event_type: &&&str| subscription.names.iter().any(|one| one == **event_type || one == ALL);
        let missing: Vec<&str> = wanted.iter().filter(|event_type| !listed(event_type)).copied().collect();
        if missing.is_empty() {
            report.pass(name, wanted.join(", "));
            continue;
        }
        let whole: Vec<&str> =
            subscription.names.iter().map(String::as_str).chain(missing.iter().copied()).collect();
        let fix = if facts.is_local {
            format!("larkspur platform app update --{name} {}", whole.join(","))
        } else {
            "add it in the developer console, Events & Callbacks, and publish a version".to_owned()
        };
        report.fail(name, format!("not subscribed to {}", missing.join(", ")), fix);
    }
}

/// Looks whether the app may hear what it should.
pub(super) fn scopes(expected: &Expected, facts: &Facts, report: &mut Report) {
    const NAME: &str = "scopes";
    let Some(granted) = &facts.scopes else {
        return report
            .skip(NAME, "the platform does not tell, or not without application:application:self_manage");
    };
    let has = |scopes: &[&str]| scopes.iter().any(|scope| granted.iter().any(|one| one == scope));
    let mut deaf = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    if expected.hears_messages() {
        if !has(P2P) {
            deaf.push("messages to the bot alone");
            missing.extend(P2P.first());
        }
        if !has(GROUP_AT) && !has(GROUP) {
            deaf.push("messages in groups, even those that mention it");
            missing.extend(GROUP_AT.first());
        }
    }
    for (event_type, scopes) in expected.other_scopes() {
        let lacking = scopes.missing(|scope| granted.iter().any(|one| one == scope));
        if !lacking.is_empty() {
            deaf.push(event_type);
            missing.extend(if matches!(scopes, Scopes::Any(_)) { &lacking[..1] } else { &lacking[..] });
        }
    }
    let fix = |scopes: &[&str]| {
        let whole: Vec<&str> = granted.iter().map(String::as_str).chain(scopes.iter().copied()).collect();
        if facts.is_local {
            format!("larkspur platform app update --scopes {}", whole.join(","))
        } else {
            format!(
                "add {} in the developer console, Permissions & Scopes, and publish a version",
                scopes.join(", ")
            )
        }
    };
    if !missing.is_empty() {
        let message = format!("the app does not hear {}: it lacks {}", deaf.join("; "), missing.join(", "));
        return report.fail(NAME, message, fix(&missing));
    }
    if expected.hears_messages() && !has(GROUP) {
        let first: Vec<&str> = GROUP.first().copied().into_iter().collect();
        return report.warn(
            NAME,
            "in groups the app hears only what mentions it",
            format!("if it should hear all: {}", fix(&first)),
        );
    }
    report.pass(NAME, "the app may hear what it should");
}
