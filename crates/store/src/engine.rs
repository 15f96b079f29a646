//! One writer that commits whatever is queued as one transaction, and readers beside it.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs::{File, TryLockError},
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::{Error, database};

/// Jobs that may wait for the writer; beyond that, callers wait.
const QUEUE: usize = 4096;

/// The most jobs in one commit, so that the first of them does not wait for ever.
const BATCH: usize = 1024;

/// Connections that read. More than the cores of a small machine, as some wait for the disk.
const READERS: usize = 4;

/// Rows as they are now.
pub struct View<'c> {
    pub(crate) connection: &'c Connection,
}

/// Rows as they are now, and the right to change them.
pub struct Tx<'c> {
    view: View<'c>,
    told: &'c Told,
}

/// The apps for which a transaction wrote events.
type Told = RefCell<BTreeSet<i64>>;

/// Who is called after a commit that wrote events, with the apps they are for.
type Listener = Arc<OnceLock<Box<dyn Fn(&BTreeSet<i64>) + Send + Sync>>>;

impl Tx<'_> {
    /// An event for this app was written.
    pub(crate) fn tell(&self, app: i64) {
        self.told.borrow_mut().insert(app);
    }
}

impl<'c> Deref for Tx<'c> {
    type Target = View<'c>;

    fn deref(&self) -> &View<'c> {
        &self.view
    }
}

/// Runs before the commit, and gives what is to run after it with the outcome.
type Job = Box<dyn FnOnce(&Connection, &Told) -> Done + Send>;
type Done = Box<dyn FnOnce(Result<(), &str>) + Send>;

/// The database. Clones share it; it closes with the last of them.
#[derive(Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    readers: Option<Arc<Readers>>,
    listener: Listener,
}

/// The connections that read, and the permits to take one.
struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
    /// Holds the folder for this process.
    _lock: File,
}

impl Store {
    /// Opens the database in a folder, or makes it there. One process at a time uses a folder.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let in_folder = |source| Error::Folder { path: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(in_folder)?;
        let lock = File::create(folder.join("lock")).map_err(in_folder)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse(folder.to_owned())),
            Err(TryLockError::Error(source)) => return Err(in_folder(source)),
        }
        let path = folder.join("larkspur.db");
        let writer = database::open_writer(Some(&path))?;
        let idle = (0..READERS).map(|_| database::open_reader(&path)).collect::<Result<_, _>>()?;
        let readers = Readers { idle: Mutex::new(idle), permits: Semaphore::new(READERS), _lock: lock };
        Self::start(writer, Some(Arc::new(readers)))
    }

    /// A database in memory, gone with the store.
    pub fn in_memory() -> Result<Self, Error> {
        Self::start(database::open_writer(None)?, None)
    }

    fn start(writer: Connection, readers: Option<Arc<Readers>>) -> Result<Self, Error> {
        let listener = Listener::default();
        Ok(Self { jobs: start_writer(writer, Arc::clone(&listener))?, readers, listener })
    }

    /// Calls this, on the thread that writes, after each commit that wrote events, with the apps they are for. There is
    /// one listener; a second one is not called.
    pub fn on_events(&self, listener: impl Fn(&BTreeSet<i64>) + Send + Sync + 'static) {
        let _ = self.listener.set(Box::new(listener));
    }

    /// Runs a change and returns after its commit is on disk.
    ///
    /// If the closure returns an error, nothing it did is kept. Other changes may share the commit.
    pub async fn write<T, E>(
        &self,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel::<Result<T, E>>();
        let job: Job = Box::new(move |connection, told| {
            let result = in_savepoint(connection, told, change);
            Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result,
                    Err(reason) => result.and_then(|_| Err(Error::Commit(reason.to_owned()).into())),
                };
                // A caller that went away is not told; the change stands.
                let _ = sender.send(result);
            })
        });
        self.jobs.send(job).await.map_err(|_| Error::Closed)?;
        receiver.await.map_err(|_| Error::Closed)?
    }

    /// Runs a query. It sees every change that was acknowledged before it began.
    pub async fn read<T, E>(
        &self,
        query: impl FnOnce(&View<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let Some(readers) = &self.readers else {
            // In memory there is one connection, and it belongs to the writer.
            let (sender, receiver) = oneshot::channel();
            let job: Job = Box::new(move |connection, _| {
                let _ = sender.send(query(&View { connection }));
                Box::new(|_| {})
            });
            self.jobs.send(job).await.map_err(|_| Error::Closed)?;
            return receiver.await.map_err(|_| Error::Closed)?;
        };
        let readers = Arc::clone(readers);
        let _permit = readers.permits.acquire().await.map_err(|_| Error::Closed)?;
        let pool = Arc::clone(&readers);
        let task = tokio::task::spawn_blocking(move || {
            let lock = || pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = lock().pop().ok_or(Error::Closed)?;
            let result = catch_unwind(AssertUnwindSafe(|| query(&View { connection: &connection })));
            lock().push(connection);
            result.unwrap_or_else(|_| Err(Error::Closed.into()))
        });
        task.await.map_err(|_| Error::Closed)?
    }
}

/// Runs a change so that it can be undone alone.
fn in_savepoint<T, E: From<Error>>(
    connection: &Connection,
    told: &Told,
    change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql: &str| {
        connection.prepare_cached(sql).and_then(|mut statement| statement.execute(())).map_err(Error::from)
    };
    run("SAVEPOINT change")?;
    let tx = Tx { view: View { connection }, told };
    let result = catch_unwind(AssertUnwindSafe(|| change(&tx))).unwrap_or_else(|_| Err(Error::Closed.into()));
    if result.is_err() {
        run("ROLLBACK TO change")?;
    }
    run("RELEASE change")?;
    result
}

fn start_writer(connection: Connection, listener: Listener) -> Result<mpsc::Sender<Job>, Error> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    let thread = thread::Builder::new().name("store writer".to_owned());
    thread
        .spawn(move || write_until_closed(&connection, receiver, &listener))
        .map_err(|error| Error::Commit(error.to_string()))?;
    Ok(sender)
}

fn write_until_closed(connection: &Connection, mut jobs: mpsc::Receiver<Job>, listener: &Listener) {
    let told = Told::default();
    let mut batch = Vec::new();
    let mut done = Vec::new();
    while let Some(job) = jobs.blocking_recv() {
        batch.push(job);
        while batch.len() < BATCH
            && let Ok(job) = jobs.try_recv()
        {
            batch.push(job);
        }
        let committed = commit(connection, &told, &mut batch, &mut done);
        if let Err(error) = &committed {
            tracing::error!(%error, "commit failed");
            let _ = connection.execute_batch("ROLLBACK");
        }
        let committed = committed.map_err(|error| error.to_string());
        for tell in done.drain(..) {
            tell(committed.as_ref().copied().map_err(String::as_str));
        }
        let told = told.take();
        if !told.is_empty()
            && let Some(listener) = listener.get()
        {
            listener(&told);
        }
    }
}

fn commit(
    connection: &Connection,
    told: &Told,
    batch: &mut Vec<Job>,
    done: &mut Vec<Done>,
) -> Result<(), rusqlite::Error> {
    let begun = connection.prepare_cached("BEGIN IMMEDIATE")?.execute(());
    for job in batch.drain(..) {
        // Without a transaction the savepoints of the jobs would commit one by one: run none.
        match begun {
            Ok(_) => done.push(job(connection, told)),
            Err(_) => drop(job),
        }
    }
    begun?;
    connection.prepare_cached("COMMIT")?.execute(())?;
    Ok(())
}
