//! The ids of handled events in a file.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::dedupe::{AGE, BoxFuture, MOST, SeenStore};
use crate::token::now;

/// Remembers in a file which events were handled, so that what comes again after a restart is known.
///
/// Each id is a line that is appended; when there are twice as many lines as ids to keep, the file is written
/// anew. The last 10,000 ids are kept, for 8 h. One process at a time uses a file.
///
/// Lines are not synced: they outlive the process, whichever way it ends, but not a failure of power.
pub struct FileSeen(Arc<Mutex<Seen>>);

struct Seen {
    path: PathBuf,
    file: File,
    /// Held as long as the file is in use. The file itself is replaced now and then, its lock is not.
    _lock: File,
    /// Which ids, when they were recorded, in ms since 1970, and in which line.
    ids: HashMap<String, (u64, usize)>,
    lines: usize,
    most: usize,
}

impl FileSeen {
    /// Opens a file, or begins one.
    ///
    /// It fails if another process uses the file. A line that cannot be read, such as one that was being written
    /// when the process ended, is skipped.
    pub fn open(path: impl Into<PathBuf>) -> io::Result<Self> {
        Self::with_most(path.into(), MOST)
    }

    fn with_most(path: PathBuf, most: usize) -> io::Result<Self> {
        let lock = OpenOptions::new().create(true).append(true).open(beside(&path, "lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::other(format!("{} is in use by another process", path.display()))
            }
            TryLockError::Error(error) => error,
        })?;
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let read = text.lines().enumerate().filter_map(|(line, text)| {
            let (id, at): (String, u64) = serde_json::from_str(text).ok()?;
            Some((id, (at, line)))
        });
        let ids = read.collect();
        let mut seen = Seen { file: append(&path)?, path, _lock: lock, ids, lines: 0, most };
        seen.compact()?;
        Ok(Self(Arc::new(Mutex::new(seen))))
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SeenStore for FileSeen {
    fn contains<'a>(&'a self, id: &'a str) -> BoxFuture<'a, io::Result<bool>> {
        let known = self.lock().ids.get(id).is_some_and(|(at, _)| is_kept(*at));
        Box::pin(std::future::ready(Ok(known)))
    }

    fn record<'a>(&'a self, id: &'a str) -> BoxFuture<'a, io::Result<()>> {
        let (seen, id) = (Arc::clone(&self.0), id.to_owned());
        Box::pin(async move {
            let recorded = tokio::task::spawn_blocking(move || {
                seen.lock().unwrap_or_else(PoisonError::into_inner).record(id)
            });
            recorded.await.map_err(io::Error::other)?
        })
    }
}

impl Seen {
    fn record(&mut self, id: String) -> io::Result<()> {
        let at = now();
        let mut line = serde_json::to_string(&(&id, at))?;
        line.push('\n');
        self.ids.insert(id, (at, self.lines));
        // One write, so that the line is there or not.
        self.file.write_all(line.as_bytes())?;
        self.lines += 1;
        if self.lines > 2 * self.most { self.compact() } else { Ok(()) }
    }

    /// Forgets what need not be kept, and writes the rest.
    fn compact(&mut self) -> io::Result<()> {
        let mut kept: Vec<_> = self.ids.drain().filter(|(_, (at, _))| is_kept(*at)).collect();
        kept.sort_unstable_by_key(|(_, (_, line))| *line);
        let kept = kept.split_off(kept.len().saturating_sub(self.most));
        self.lines = kept.len();
        let mut text = String::new();
        for (line, (id, (at, _))) in kept.into_iter().enumerate() {
            text.push_str(&serde_json::to_string(&(&id, at))?);
            text.push('\n');
            self.ids.insert(id, (at, line));
        }
        let new = beside(&self.path, "new");
        std::fs::write(&new, text)?;
        std::fs::rename(&new, &self.path)?;
        self.file = append(&self.path)?;
        Ok(())
    }
}

fn is_kept(at: u64) -> bool {
    Duration::from_millis(now().saturating_sub(at)) < AGE
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn contains(seen: &FileSeen, id: &str) -> bool {
        seen.contains(id).await.expect("looks")
    }

    #[tokio::test]
    async fn ids_outlive_the_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("seen");
        let first = FileSeen::open(&path).expect("opens");
        first.record("a \"b\"\n").await.expect("records");
        assert!(FileSeen::open(&path).is_err(), "it is in use");
        drop(first);
        // The process ended while it wrote.
        append(&path).expect("opens").write_all(br#"["tor"#).expect("writes");
        let second = FileSeen::open(&path).expect("opens");
        assert!(contains(&second, "a \"b\"\n").await && !contains(&second, "tor").await);
        second.record("c").await.expect("records");
        drop(second);
        assert!(contains(&FileSeen::open(&path).expect("opens"), "c").await);
    }

    #[tokio::test]
    async fn the_file_stays_small() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("seen");
        let old = serde_json::to_string(&("old", 1)).expect("JSON");
        std::fs::write(&path, old + "\n").expect("writes");
        let seen = FileSeen::with_most(path.clone(), 10).expect("opens");
        for number in 0..100 {
            seen.record(&number.to_string()).await.expect("records");
        }
        let lines = std::fs::read_to_string(&path).expect("reads").lines().count();
        assert!((10..=20).contains(&lines), "{lines}");
        assert!(contains(&seen, "99").await && !contains(&seen, "1").await && !contains(&seen, "old").await);
    }
}
