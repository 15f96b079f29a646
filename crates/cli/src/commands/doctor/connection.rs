//! Whether a long connection can be opened from here, and who has one open.

use std::borrow::Cow;

use larkspur::{
    receive::{LongConnection, OpenError},
    wire::{Body, Wire},
};
use larkspur_api::{
    endpoint::{Meta, Method},
    event::Kind,
};
use larkspur_push::discovery;
use serde_json::json;

use super::{Expected, Patient, Way, check::Report, facts::Facts, reach::Admitted};
use crate::{
    commands::{api::UNKNOWN, event::connections as count_connections},
    failure::{Failure, Result},
};

const NAME: &str = "long_connection";

/// Opens a long connection as the bot does, and closes it. If nothing comes that way, asks for its address alone.
pub(super) async fn open(
    patient: &Patient,
    expected: &Expected,
    facts: &Facts,
    admitted: Admitted,
    report: &mut Report,
) {
    if admitted != Admitted::Yes {
        return report.skip(NAME, "id or secret is refused");
    }
    if !is_the_way(expected, facts) {
        return match discover(patient).await {
            Ok(()) => report.pass(NAME, "the platform gives an address"),
            Err(failure) => no_address(facts, failure.number(), failure.message(), report),
        };
    }
    match LongConnection::try_out(&patient.client, patient.timeout).await {
        Ok(()) => report.pass(NAME, "it opens"),
        Err(OpenError::NoAddress { code, why }) => no_address(facts, code, &why, report),
        Err(OpenError::NotOpen { code, host, proxy, why }) => {
            let fix = match (code, proxy) {
                (Some(code), _) => advice(facts, Some(code)),
                (None, Some(proxy)) => Cow::Owned(format!(
                    "let the proxy {proxy} pass WebSockets to {host}, or name that host in NO_PROXY"
                )),
                (None, None) => {
                    Cow::Owned(format!("no proxy is in the way: let the firewall pass WebSockets to {host}"))
                }
            };
            report.fail(NAME, format!("the platform answers over HTTP, and no WebSocket opens: {why}"), fix);
        }
    }
}

/// Whether something comes over a long connection, or may for all that is known.
fn is_the_way(expected: &Expected, facts: &Facts) -> bool {
    let known: Vec<Way> = [Kind::Event, Kind::Callback]
        .into_iter()
        .filter_map(|kind| facts.of(kind).and_then(|subscription| subscription.way))
        .collect();
    known.contains(&Way::LongConnection) || known.is_empty() && expected.via != Some(Way::Webhook)
}

/// Asks where a long connection would be opened, and opens none.
async fn discover(patient: &Patient) -> Result<()> {
    static ENDPOINT: Meta = Meta { path: discovery::PATH, tenant: None, user: None, write: false, ..UNKNOWN };
    let asked = async {
        let body = Body::Json(json!({"AppID": patient.app_id, "AppSecret": patient.app_secret}));
        let wire = Wire { method: Method::POST, path: ENDPOINT.path.to_owned(), query: Vec::new(), body };
        Ok(patient.client.call(&ENDPOINT, wire, None).await?)
    };
    patient.within(asked).await.map(drop)
}

fn no_address(facts: &Facts, code: Option<i64>, why: &str, report: &mut Report) {
    report.fail(NAME, format!("the platform gives no address: {why}"), advice(facts, code));
}

fn advice(facts: &Facts, code: Option<i64>) -> Cow<'static, str> {
    Cow::Borrowed(match code {
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
        None => "try again; if it stays, look at the status of the platform",
    })
}

/// How many long connections the app has, if it is known.
pub(super) async fn count(patient: &Patient, facts: &Facts, admitted: Admitted) -> Option<u64> {
    if admitted != Admitted::Yes && !facts.is_local {
        return None;
    }
    let counted = async { Ok::<_, Failure>(count_connections(&patient.client, &patient.app_id).await) };
    patient.within(counted).await.ok().flatten()
}

/// Tells who is connected.
pub(super) fn tell(
    live: Option<u64>,
    expected: &Expected,
    facts: &Facts,
    admitted: Admitted,
    report: &mut Report,
) {
    const NAME: &str = "connections";
    let Some(count) = live else {
        let why = if admitted == Admitted::Yes || facts.is_local {
            "the platform does not tell how many there are"
        } else {
            "id or secret is refused"
        };
        return report.skip(NAME, why);
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
}
