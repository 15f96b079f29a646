//! The first step of every connection: TCP to the platform, or to the proxy that leads there.
//!
//! REST calls and long connections both begin here, so that a proxy or an authority that one of them knows the
//! other knows too.

use std::{
    net::IpAddr,
    path::Path,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::Duration,
};

use futures_util::TryFutureExt;
use http::Uri;
use hyper_util::{
    client::{
        legacy::connect::{HttpConnector, proxy::Tunnel},
        proxy::matcher::{Intercept, Matcher},
    },
    rt::TokioIo,
};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::error::Error;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Which proxies lead to the platform.
#[derive(Clone, Debug, Default)]
pub(crate) enum Proxies {
    /// Those of `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, read as curl reads them.
    #[default]
    Environment,
    /// This one.
    This(String),
    /// None.
    Direct,
}

impl Proxies {
    fn matcher(&self) -> Matcher {
        match self {
            Self::Environment => Matcher::from_env(),
            Self::This(url) => Matcher::builder().all(url.as_str()).build(),
            Self::Direct => Matcher::builder().build(),
        }
    }
}

/// What connections are made with. The environment and the certificates are read when the first one is.
pub(crate) struct Connections {
    proxies: Proxies,
    ca_file: Option<std::path::PathBuf>,
    matcher: OnceLock<Arc<Matcher>>,
    tls: OnceLock<Arc<ClientConfig>>,
}

impl Connections {
    pub(crate) fn new(proxies: Proxies, ca_file: Option<std::path::PathBuf>) -> Self {
        Self { proxies, ca_file, matcher: OnceLock::new(), tls: OnceLock::new() }
    }

    /// Connects, not yet with TLS.
    pub(crate) fn connector(&self) -> Connector {
        let mut direct = HttpConnector::new();
        direct.enforce_http(false);
        direct.set_nodelay(true);
        direct.set_connect_timeout(Some(CONNECT));
        let matcher = self.matcher.get_or_init(|| Arc::new(self.proxies.matcher()));
        Connector { direct, matcher: Arc::clone(matcher) }
    }

    /// Whom to trust, and how to speak TLS.
    pub(crate) fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = self.tls.get() {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(tls_config(self.ca_file.as_deref())?);
        Ok(Arc::clone(self.tls.get_or_init(|| config)))
    }
}

/// Connects to the host of an address.
#[derive(Clone)]
pub(crate) struct Connector {
    direct: HttpConnector,
    matcher: Arc<Matcher>,
}

type Connecting = Pin<Box<dyn Future<Output = Result<TokioIo<TcpStream>, BoxError>> + Send>>;

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = Connecting;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.direct.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Connecting {
        match self.proxy_to(&to) {
            None => Box::pin(self.direct.call(to).map_err(Into::into)),
            Some(proxy) => self.tunnel(&proxy, &to),
        }
    }
}

impl Connector {
    /// The proxy that leads there. None leads to this machine.
    fn proxy_to(&self, to: &Uri) -> Option<Intercept> {
        let host = to.host()?.trim_matches(['[', ']']);
        let is_local = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        if is_local { None } else { self.matcher.intercept(to) }
    }

    /// The same, as it may be shown.
    pub(crate) fn proxy_of(&self, to: &Uri) -> Option<String> {
        let proxy = self.proxy_to(to)?;
        let host = proxy.uri().host()?;
        Some(proxy.uri().port().map_or(host.to_owned(), |port| format!("{host}:{port}")))
    }

    /// Asks a proxy for a way through, whatever is to travel on it: what is plain is then plain inside.
    fn tunnel(&self, proxy: &Intercept, to: &Uri) -> Connecting {
        let unspoken = proxy.uri().scheme_str().filter(|scheme| *scheme != "http").map(str::to_owned);
        if let Some(scheme) = unspoken {
            return Box::pin(async move {
                Err(format!("the proxy speaks {scheme}, only http:// proxies are spoken to").into())
            });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.direct.clone());
        if let Some(auth) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(auth.clone());
        }
        let through = match with_port(to) {
            Ok(to) => tunnel.call(to),
            Err(error) => return Box::pin(async move { Err(error.into()) }),
        };
        let shown = proxy.uri().authority().map(ToString::to_string).unwrap_or_default();
        Box::pin(through.map_err(move |error| {
            let cause = crate::transport::chain(&error);
            format!("the proxy {shown} gives no way through: {cause}").into()
        }))
    }
}

/// The same address with its port written out: a tunnel takes a missing one for 443.
fn with_port(to: &Uri) -> Result<Uri, http::Error> {
    if to.port().is_some() {
        return Ok(to.clone());
    }
    let (host, scheme) = (to.host().unwrap_or_default(), to.scheme_str().unwrap_or_default());
    let port = if scheme == "https" { 443 } else { 80 };
    Uri::builder().scheme(scheme).authority(format!("{host}:{port}")).path_and_query("/").build()
}

fn tls_config(ca_file: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unreadable =
                |why: &dyn std::fmt::Display| Error::Config(format!("{}: {why}", path.display()));
            let certificates = CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| unreadable(&error))?;
                roots.add(certificate).map_err(|error| unreadable(&error))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Config(format!("TLS cannot be set up: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(proxies: Proxies, to: &str) -> Option<String> {
        let connector = Connections::new(proxies, None).connector();
        let to = to.parse().expect("an address");
        connector.proxy_to(&to).map(|proxy| proxy.uri().to_string())
    }

    #[test]
    fn nothing_leads_to_this_machine() {
        let this = || Proxies::This("http://proxy:3128".to_owned());
        assert_eq!(proxy(this(), "https://open.feishu.cn/"), Some("http://proxy:3128/".to_owned()));
        for local in
            ["http://127.0.0.1:8080/", "http://localhost/", "https://[::1]:8443/", "http://127.1.2.3/"]
        {
            assert_eq!(proxy(this(), local), None, "{local}");
        }
        assert_eq!(proxy(Proxies::Direct, "https://open.feishu.cn/"), None);
    }

    #[test]
    fn a_tunnel_is_asked_for_the_right_port() {
        let port = |to: &str| with_port(&to.parse().expect("an address")).expect("an address").to_string();
        assert_eq!(port("https://open.feishu.cn/x?y=1"), "https://open.feishu.cn:443/");
        assert_eq!(port("http://open.feishu.cn/x"), "http://open.feishu.cn:80/");
        assert_eq!(port("https://open.feishu.cn:8443/x"), "https://open.feishu.cn:8443/x");
    }
}
