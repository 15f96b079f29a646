//! What happens on a platform that no endpoint brings about yet: it is done to its data while it is stopped.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use larkspur_domain::{Apps, Clock, Context, Failure, ManualClock, Pace, SystemEntropy, tenant::Tenants};
use larkspur_server::Platform;
use larkspur_store::{Error, Store, Tx, View, outbox::OutboxRow};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Home, clocked, world::World};

/// A platform that can be stopped and started again over the same data.
pub(crate) struct Stage {
    folder: TempDir,
    pub(crate) clock: Arc<ManualClock>,
}

impl Stage {
    /// The workspace of [`World`], on disk.
    pub(crate) async fn new() -> (Self, World) {
        let folder = tempfile::tempdir().expect("a folder");
        let (clock, builder) = clocked();
        let world = World::with(builder.data(folder.path()).rate_limit(false)).await;
        (Self { folder, clock }, world)
    }

    /// The data of a platform that was stopped.
    pub(crate) fn over(folder: TempDir, clock: Arc<ManualClock>) -> Self {
        Self { folder, clock }
    }

    /// The data as they would be found after a crash, while the platform still runs.
    pub(crate) fn crashed(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["larkspur.db", "larkspur.db-wal"] {
            std::fs::copy(self.folder.path().join(name), folder.path().join(name)).expect("copied");
        }
        Self::over(folder, Arc::new(ManualClock::at(self.clock.now())))
    }

    /// The file of the database.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("larkspur.db")
    }

    /// The same data, at another time.
    pub(crate) fn at(self, now: i64) -> Self {
        Self::over(self.folder, Arc::new(ManualClock::at(now)))
    }

    /// Starts the platform again, called by one of its apps.
    pub(crate) async fn start(&self, app_id: &str, app_secret: &str) -> Home {
        let builder = Platform::builder().data(self.folder.path()).clock(self.clock.clone());
        let platform = builder.rate_limit(false).start().await.expect("the platform starts");
        Home::of(Arc::new(platform), app_id, app_secret).await
    }

    /// Changes the data of the stopped platform by a rule.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&Tx<'_>, &Context) -> Result<T, Failure> + Send + 'static,
    ) -> T {
        let context = Context {
            clock: self.clock.clone(),
            entropy: Arc::new(SystemEntropy),
            apps: Apps::default(),
            tenants: Tenants::default(),
            pace: Pace::unlimited(),
            base_url: String::new(),
        };
        let store = open(self.folder.path()).await;
        store.write(move |tx| rule(tx, &context)).await.expect("the rule holds")
    }

    /// Reads the data of the stopped platform.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&View<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> T {
        open(self.folder.path()).await.read(rule).await.expect("the rule holds")
    }

    /// Puts messages into the outbox of an app, in the lane and with the words of the newest one there, and a number.
    pub(crate) async fn flood(&self, app_id: &str, count: usize) {
        let app_id = app_id.to_owned();
        let flood = move |tx: &Tx<'_>, context: &Context| {
            let app = tx.app_by_app_id(&app_id)?.expect("the app").id;
            let newest = tx.events(app, i64::MAX, 1)?.remove(0);
            let mut body: Value = serde_json::from_str(&newest.body).expect("JSON");
            for number in 0..count {
                let event_id = context.hex(32);
                body["header"]["event_id"] = event_id.clone().into();
                body["event"]["message"]["content"] = json!({"text": number.to_string()}).to_string().into();
                tx.insert_event(&OutboxRow { event_id, body: body.to_string(), ..newest.clone() })?;
            }
            Ok(())
        };
        self.change(flood).await;
    }

    /// The events of an app, oldest first: what happened, and the body.
    pub(crate) async fn heard(&self, app_id: &'static str) -> Vec<(String, Value)> {
        let rows = self.read(move |view| {
            let app = view.app_by_app_id(app_id)?.expect("the app").id;
            Ok(view.events(app, i64::MAX, 100)?)
        });
        let read = |row: OutboxRow| {
            let body: Value = serde_json::from_str(&row.body).expect("JSON");
            (row.event_type, body["event"].clone())
        };
        rows.await.into_iter().rev().map(read).collect()
    }
}

/// Opens the data, once the platform has let go of it.
async fn open(folder: &Path) -> Store {
    for _ in 0..100 {
        match Store::open(folder) {
            Err(Error::InUse(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            opened => return opened.expect("the data opens"),
        }
    }
    panic!("the platform does not let go of its data");
}
