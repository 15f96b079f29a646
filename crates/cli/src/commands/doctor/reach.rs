//! Whether the platform is reached, and lets the app in.

use larkspur::{Answered, Endpoint, Error, Outcome, auth::v3::auth::tenant_access_token_internal, wire};

use super::{Expected, Patient, check::Report};
use crate::{
    common::Common,
    failure::{Failure, Kind},
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

pub(super) fn proxy(patient: &Patient, report: &mut Report) {
    match patient.client.proxy_to(patient.client.base_url()) {
        None => report.pass("proxy", "none is in the way"),
        Some(proxy) => report.warn(
            "proxy",
            format!("everything goes through {proxy}, long connections too"),
            "let it pass CONNECT and long-lived connections, or name the platform in NO_PROXY",
        ),
    }
}

/// What the platform answered when it was asked for a token.
pub(super) struct Asked(std::result::Result<Answered, Error>);

impl Asked {
    /// The platform's clock, if it answered.
    pub(super) fn date(&self) -> Option<&str> {
        match &self.0 {
            Ok(answered) => answered.date.as_deref(),
            Err(Error::Api(error)) => error.date.as_deref(),
            Err(_) => None,
        }
    }
}

/// Asks for a token, whatever is kept from before: a secret may have been changed since.
pub(super) async fn ask(patient: &Patient) -> Asked {
    let Patient { client, app_id, app_secret, timeout } = patient;
    let asked = async {
        let request = tenant_access_token_internal::Request::new(app_id.as_str(), app_secret.as_str());
        client.call(tenant_access_token_internal::Request::META, wire::encode(request)?, None).await
    };
    Asked(tokio::time::timeout(*timeout, asked).await.unwrap_or_else(|_| {
        let message = format!("no answer within {} ms", timeout.as_millis());
        Err(Error::Network { url: client.base_url().to_owned(), message, outcome: Outcome::Unknown })
    }))
}

/// Tells whether the platform is there, and lets the app in.
pub(super) fn token(patient: &Patient, asked: Asked, report: &mut Report) -> Admitted {
    match asked.0.map_err(Failure::from) {
        Ok(_) => {
            report.pass("platform", "it answers");
            report.pass("token", "id and secret are right");
            Admitted::Yes
        }
        Err(failure) if failure.kind() == Kind::Network => {
            let through = patient.client.proxy_to(patient.client.base_url());
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
