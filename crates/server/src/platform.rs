//! A platform in this process.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use larkspur_delivery::Delivery;
use larkspur_domain::{
    Clock, Context, Entropy, Failure, Pace, SystemClock, SystemEntropy,
    message::search,
    seed::{self, Seed, SeedError, Workspace},
    token,
};
use larkspur_store::{Blobs, Store, View};
use serde::{Deserialize, Serialize};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinHandle,
};

use crate::{
    gate::Tokens,
    limit::Limits,
    long_connection::{self, Tickets},
    serve,
    state::State,
    web,
};

/// A running platform. Dropped, it stops.
pub struct Platform {
    ready: Ready,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What to know of a platform that is ready, as `larkspur serve` prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// Where clients reach it, without a slash at the end.
    pub base_url: String,
    /// Where browsers reach it.
    pub console_url: String,
    /// The first app, its tenant, and a group with its bot in it.
    #[serde(flatten)]
    pub workspace: Workspace,
}

/// Why a platform did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be used.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The address is reached by other machines, and nobody said that it may be.
    #[error(
        "{0} is reached by other machines, which then read and write every chat of this platform with the credentials it prints: pass --allow-remote if that is meant"
    )]
    Remote(SocketAddr),
    /// There is a workspace already, and another was asked for.
    #[error("{0} has a workspace already: leave --seed out, or choose an empty folder with --data")]
    Seeded(PathBuf),
    /// The workspace cannot be made.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] larkspur_store::Error),
    /// Nothing can be delivered.
    #[error(transparent)]
    Delivery(#[from] larkspur_delivery::StartError),
    /// A rule refused.
    #[error(transparent)]
    Rule(#[from] Failure),
}

/// How to start a platform.
pub struct Builder {
    data: Option<PathBuf>,
    seed: Option<String>,
    addr: SocketAddr,
    allow_remote: bool,
    rate_limit: bool,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            data: None,
            seed: None,
            addr: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            allow_remote: false,
            rate_limit: true,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
        }
    }
}

impl Builder {
    /// Keeps everything in a folder. By default it is kept in memory and gone at the end.
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data = Some(folder.into());
        self
    }

    /// Begins with this workspace, in TOML, instead of the default one.
    pub fn seed(mut self, toml: impl Into<String>) -> Self {
        self.seed = Some(toml.into());
        self
    }

    /// Listens here. By default on 127.0.0.1, on a port that is free.
    pub fn addr(mut self, addr: SocketAddr) -> Self {
        self.addr = addr;
        self
    }

    /// Whether an address that other machines reach may be used.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Whether the published limits hold. They do by default.
    pub fn rate_limit(mut self, on: bool) -> Self {
        self.rate_limit = on;
        self
    }

    /// Takes the time from this clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Takes randomness from here.
    pub fn entropy(mut self, entropy: Arc<dyn Entropy>) -> Self {
        self.entropy = entropy;
        self
    }

    /// Starts it. When this returns, it answers.
    pub async fn start(self) -> Result<Platform, StartError> {
        if !self.addr.ip().is_loopback() && !self.allow_remote {
            return Err(StartError::Remote(self.addr));
        }
        let listen = |source| StartError::Listen { addr: self.addr, source };
        let listener = TcpListener::bind(self.addr).await.map_err(listen)?;
        let base_url = format!("http://{}", listener.local_addr().map_err(listen)?);

        let (store, blobs) = match &self.data {
            None => (Store::in_memory()?, Blobs::in_memory()),
            Some(folder) => (Store::open(folder)?, Blobs::open(&folder.join("blobs"))?),
        };
        let context = Arc::new(Context {
            clock: self.clock,
            entropy: self.entropy,
            apps: larkspur_domain::Apps::default(),
            tenants: larkspur_domain::tenant::Tenants::default(),
            pace: if self.rate_limit { Pace::default() } else { Pace::unlimited() },
            base_url: base_url.clone(),
        });
        let workspace = prepare(&store, &context, self.data, self.seed).await?;
        let (stop, stopped) = watch::channel(false);
        let delivery = Delivery::start(store.clone(), Arc::clone(&context), stopped.clone()).await?;
        let state = Arc::new(State {
            context,
            delivery,
            tickets: Tickets::default(),
            any_host: self.allow_remote,
            tokens: Tokens::default(),
            limits: if self.rate_limit { Limits::default() } else { Limits::off() },
            conversions: Semaphore::new(1),
            store,
            blobs,
        });
        let router = crate::routes()
            .into_router(&state)
            .merge(web::router(&state, self.allow_remote))
            .merge(long_connection::router(&state, &stopped));
        // Whoever waits for the end waits for both: the next platform may use the folder at once.
        let tickets = send_tickets(Arc::clone(&state), stopped.clone());
        let serving = serve::serve(listener, router, state, stopped);
        let task = tokio::spawn(async {
            tokio::join!(tickets, serving);
        });
        let console_url = format!("{base_url}/console");
        Ok(Platform { ready: Ready { base_url, console_url, workspace }, stop, task })
    }
}

/// How often it is looked whether a store app is owed a ticket.
const TICKET_SWEEP: Duration = Duration::from_millis(500);

/// Sends store apps their tickets until the platform stops.
async fn send_tickets(state: Arc<State>, mut stop: watch::Receiver<bool>) {
    loop {
        if !state.context.apps.of_store().is_empty() {
            let context = Arc::clone(&state.context);
            let due = move |view: &View<'_>| token::is_ticket_due(view, &context);
            if state.store.read::<_, Failure>(due).await.unwrap_or_default() {
                let context = Arc::clone(&state.context);
                let sent = state.store.write(move |tx| token::send_due_tickets(tx, &context)).await;
                if let Err(error) = sent {
                    tracing::error!(%error, "tickets could not be sent");
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICKET_SWEEP) => {}
            () = serve::stopped(&mut stop) => return,
        }
    }
}

/// Makes the workspace if there is none, and reads it.
async fn prepare(
    store: &Store,
    context: &Arc<Context>,
    data: Option<PathBuf>,
    seed: Option<String>,
) -> Result<Workspace, StartError> {
    let empty = store.read::<_, Failure>(|view| Ok(view.tenants()?.is_empty())).await?;
    match (empty, seed, data) {
        (false, Some(_), Some(folder)) => return Err(StartError::Seeded(folder)),
        (false, _, _) => {}
        (true, seed, _) => {
            let seed = Seed::parse(seed.as_deref().unwrap_or(seed::DEFAULT))?;
            let context = Arc::clone(context);
            store.write(move |tx| seed.plant(tx, &context)).await?;
        }
    }
    {
        let context = Arc::clone(context);
        store.write(move |tx| larkspur_domain::act::prepare(tx, &context)).await?;
    }
    while store.write(search::catch_up).await? {}
    let base_url = context.base_url.clone();
    let (apps, settings, workspace) = store
        .read::<_, Failure>(move |view| {
            Ok((view.apps()?, view.tenant_settings()?, Workspace::read(view, &base_url)?.unwrap_or_default()))
        })
        .await?;
    context.apps.extend(apps);
    context.tenants.extend(settings);
    Ok(workspace)
}

impl Platform {
    /// A platform in memory, with the default workspace, on a port that is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// A platform of another kind.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it is, and the app to call it with.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Where clients reach it.
    pub fn base_url(&self) -> &str {
        &self.ready.base_url
    }

    /// The first app, its tenant, and a group with its bot in it.
    pub fn workspace(&self) -> &Workspace {
        &self.ready.workspace
    }

    /// Stops it: requests that are under way are answered, new ones are not taken.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = (&mut self.task).await;
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}
