//! Whether this machine's clock goes as the platform's does: signatures and tokens are judged by it.

use http::{Request, header::DATE};
use http_body_util::Empty;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::{Patient, check::Report, reach};
use crate::{
    failure::{Failure, Kind, Result},
    settings,
};

/// From here on it is told, in s.
const TOLD: i64 = 60;

/// From here on signatures are refused: the SDKs take those of the last 5 min.
const REFUSED: i64 = 300;

pub(super) async fn look(patient: &Patient, report: &mut Report) {
    if reach::proxy_of(patient.client.base_url()).is_some() {
        return report.skip("clock", "not compared through a proxy");
    }
    let Ok(theirs) = patient.within(date(patient.client.base_url())).await else {
        return report.skip("clock", "the platform does not tell the time");
    };
    let ahead = jiff::Timestamp::now().as_second() - theirs;
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

/// The time in an answer of the platform, in s since 1970.
async fn date(base_url: &str) -> Result<i64> {
    let failed = |why: String| Failure::new(Kind::Network, why);
    let mut roots = rustls::RootCertStore::empty();
    match settings::ca_file() {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            let certificates =
                CertificateDer::pem_file_iter(file).map_err(|error| failed(error.to_string()))?;
            roots.add_parsable_certificates(certificates.flatten());
        }
    }
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().build();
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<bytes::Bytes>>(connector);
    let request = Request::get(format!("{base_url}/open-apis/bot/v3/info"))
        .body(Empty::new())
        .map_err(|error| failed(error.to_string()))?;
    let answer = client.request(request).await.map_err(|error| failed(error.to_string()))?;
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok()).unwrap_or_default();
    let date = jiff::fmt::rfc2822::parse(date).map_err(|error| failed(error.to_string()))?;
    Ok(date.timestamp().as_second())
}
