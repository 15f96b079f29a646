//! Whether the platform is reached, and lets the app in.

use larkspur::{
    auth::v3::auth::tenant_access_token_internal,
    wire::{Body, Wire},
};
use larkspur_api::endpoint::{Meta, Method};
use larkspur_push::discovery;
use serde_json::json;

use super::{Expected, Patient, Way, check::Report, facts::Facts};
use crate::{
    commands::{api::UNKNOWN, event::connections as count_connections},
    common::Common,
    failure::{Failure, Kind, Result},
    settings,
};

/// Whether the app is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Admitted {
    Yes,
    /// The platform refuses id or secret.
    No,
    /// There is no platform.
    NotReached,
}

/// Whom to ask, if that is known.
pub(super) fn credentials(common: &Common, expected: &Expected, report: &mut Report) -> Option<Patient> {
    let patient = || {
        let (app_id, app_secret) = settings::credentials(common)?;
        // A fault is to be told at once, and as it is.
        let client = settings::bot_with(common, |builder| builder.retry(false))?;
        Ok::<_, Failure>(Patient { client, app_id, app_secret, timeout: expected.timeout })
    };
    match patient() {
        Ok(patient) => {
            report.pass("credentials", format!("{} at {}", patient.app_id, patient.client.base_url()));
            Some(patient)
        }
        Err(failure) => {
            report.fail(
                "credentials",
                failure.message(),
                failure.to_json()["hint"].as_str().unwrap_or_default(),
            );
            None
        }
    }
}

/// The proxy that leads to an address, without what may be a password in it.
pub(super) fn proxy_of(base_url: &str) -> Option<String> {
    let url = url::Url::parse(base_url).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    let is_local = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let variable = |name: &str| {
        let either = [name.to_ascii_lowercase(), name.to_owned()];
        either.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    let excepted = variable("NO_PROXY").is_some_and(|list| {
        list.split(',')
            .map(|one| one.trim().trim_start_matches('.'))
            .any(|one| one == "*" || (!one.is_empty() && (host == one || host.ends_with(&format!(".{one}")))))
    });
    if is_local || excepted {
        return None;
    }
    let of_scheme = if url.scheme() == "https" { "HTTPS_PROXY" } else { "HTTP_PROXY" };
    let proxy = variable(of_scheme).or_else(|| variable("ALL_PROXY"))?;
    let shown = proxy.rsplit_once('@').map_or(proxy.as_str(), |(_, host)| host);
    Some(shown.split_once("://").map_or(shown, |(_, host)| host).trim_end_matches('/').to_owned())
}

pub(super) fn proxy(patient: &Patient, report: &mut Report) {
    match proxy_of(patient.client.base_url()) {
        None => report.pass("proxy", "none is in the way"),
        Some(proxy) => report.warn(
            "proxy",
            format!("everything goes through {proxy}, long connections too"),
            "let it pass CONNECT and long-lived connections, or name the platform in NO_PROXY",
        ),
    }
}

/// Gets a token, whatever is kept from before: a secret may have been changed since.
pub(super) async fn token(patient: &Patient, report: &mut Report) -> Admitted {
    let asked = async {
        let (app_id, secret) = (patient.app_id.as_str(), patient.app_secret.as_str());
        Ok(patient.client.send(tenant_access_token_internal::Request::new(app_id, secret)).await?)
    };
    match patient.within(asked).await {
        Ok(_) => {
            report.pass("platform", "it answers");
            report.pass("token", "id and secret are right");
            Admitted::Yes
        }
        Err(failure) if failure.kind() == Kind::Network => {
            let through = proxy_of(patient.client.base_url());
            let fix = match through {
                Some(proxy) => format!("look whether the proxy {proxy} lets through, or name the platform in NO_PROXY"),
                None => "check --base-url, the network and the firewall; a local platform is started with `larkspur serve`".to_owned(),
            };
            report.fail("platform", failure.message(), fix);
            Admitted::NotReached
        }
        Err(failure) => {
            report.pass("platform", "it answers");
            report.fail(
                "token",
                failure.message(),
                "copy App ID and App Secret anew from the developer console, page Credentials",
            );
            Admitted::No
        }
    }
}

/// Asks where a long connection would be opened, and opens none.
pub(super) async fn discovery(patient: &Patient, facts: &Facts, admitted: Admitted, report: &mut Report) {
    static ENDPOINT: Meta = Meta { path: discovery::PATH, tenant: None, user: None, write: false, ..UNKNOWN };
    const NAME: &str = "long_connection";
    if admitted != Admitted::Yes {
        return report.skip(NAME, "id or secret is refused");
    }
    let asked = async {
        let body = Body::Json(json!({"AppID": patient.app_id, "AppSecret": patient.app_secret}));
        let wire = Wire { method: Method::POST, path: ENDPOINT.path.to_owned(), query: Vec::new(), body };
        Ok(patient.client.call(&ENDPOINT, wire, None).await?)
    };
    let Err(failure) = patient.within(asked).await else {
        return report.pass(NAME, "the platform gives an address");
    };
    let fix = match failure.number() {
        _ if facts.in_use == Some(false) => "let the app be used first: see the check app",
        Some(discovery::TOO_MANY_CONNECTIONS) => {
            "close some: an app may have 50 (`larkspur platform connection delete` on a local platform)"
        }
        Some(discovery::WRONG_DOMAIN) => {
            "the app is of the other platform: --base-url https://open.larksuite.com, or https://open.feishu.cn"
        }
        Some(discovery::FORBIDDEN) => {
            "choose the long connection in the developer console, page Events & Callbacks"
        }
        Some(_) => {
            "long connections are for apps that a tenant made for itself: check its kind, and that a version is published"
        }
        None => "check that the network lets WebSockets pass",
    };
    report.fail(NAME, format!("the platform gives no address: {}", failure.message()), fix);
}

/// Counts who is connected. Gives the number, if it is known.
pub(super) async fn connections(
    patient: &Patient,
    expected: &Expected,
    facts: &Facts,
    admitted: Admitted,
    report: &mut Report,
) -> Option<u64> {
    const NAME: &str = "connections";
    if admitted != Admitted::Yes && !facts.is_local {
        report.skip(NAME, "id or secret is refused");
        return None;
    }
    let counted = async { Ok::<_, Failure>(count_connections(&patient.client, &patient.app_id).await) };
    let counted: Result<Option<u64>> = patient.within(counted).await;
    let Some(count) = counted.ok().flatten() else {
        report.skip(NAME, "the platform does not tell how many there are");
        return None;
    };
    let cut = if facts.is_local {
        ": `larkspur platform connection list` shows them, `… delete` cuts them"
    } else {
        ""
    };
    match count {
        0 if expected.via == Some(Way::LongConnection) || facts.event_way() == Some(Way::LongConnection) => {
            report.warn(
                NAME,
                "no long connection is open: events wait for the bot",
                "start the bot, or try `larkspur event consume im.message.receive_v1`",
            );
        }
        0 => report.pass(NAME, "no long connection is open, and none is needed"),
        count if count > expected.connections => report.fail(
            NAME,
            format!(
                "{count} long connections are open, and each event goes to one of them, chosen at random"
            ),
            format!("stop the other clients{cut}; if they are meant, pass --connections {count}"),
        ),
        count => report.pass(NAME, format!("{count} open")),
    }
    Some(count)
}
