//! Where users' tokens are kept: a file for each user, for its owner alone.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use larkspur_api::endpoint::Scopes;

use super::{DeviceLogin, UserToken};
use crate::{
    error::Error,
    token::{name, private},
};

/// Which user is meant when none is named, for each who asks.
const DEFAULTS: &str = "defaults";

/// The tokens of the users of one app at one platform, shared by all processes that name the same folder.
///
/// A file is replaced whole, and only by who holds its lock, which ends with the process that holds it.
#[derive(Clone)]
pub struct UserTokens(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    memory: Mutex<HashMap<String, UserToken>>,
    /// One task of this process at a time waits for other processes.
    refreshing: tokio::sync::Mutex<()>,
}

impl UserTokens {
    /// The users of an app at a platform, below a folder that other apps and platforms may use too.
    pub fn new(folder: impl AsRef<Path>, base_url: &str, app_id: &str) -> Self {
        let folder = folder.as_ref().join(name(&[base_url.trim_end_matches('/'), app_id]));
        Self(Arc::new(Inner { folder, memory: Mutex::default(), refreshing: tokio::sync::Mutex::default() }))
    }

    /// Every user who logged in, the first one first.
    pub fn list(&self) -> Result<Vec<UserToken>, Error> {
        let entries = match fs::read_dir(&self.0.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&self.0.folder, &error)),
        };
        let paths = entries.flatten().map(|entry| entry.path());
        let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        let mut all: Vec<UserToken> =
            paths.filter_map(|path| read(&path).transpose()).collect::<Result<_, _>>()?;
        all.sort_by(|a, b| (a.granted_at, &a.open_id).cmp(&(b.granted_at, &b.open_id)));
        Ok(all)
    }

    /// The tokens of a user, as they are on disk.
    pub fn get(&self, open_id: &str) -> Result<Option<UserToken>, Error> {
        let token = read(&self.file(open_id))?;
        match &token {
            Some(token) => drop(self.memory().insert(open_id.to_owned(), token.clone())),
            None => drop(self.memory().remove(open_id)),
        }
        Ok(token)
    }

    /// The scopes of all that a call needs that a user did not grant; none if the user is not known.
    pub(crate) fn missing(&self, open_id: &str, needed: Scopes) -> Result<Vec<&'static str>, Error> {
        let lacks = |token: &UserToken| needed.missing(|scope| token.allows(scope));
        if self.memory().get(open_id).is_some_and(|token| lacks(token).is_empty()) {
            return Ok(Vec::new());
        }
        // There may have been another login since.
        Ok(self.get(open_id)?.as_ref().map(lacks).unwrap_or_default())
    }

    /// Keeps the tokens of a user who just logged in, in place of older ones.
    pub async fn keep(&self, token: &UserToken) -> Result<(), Error> {
        let _lock = self.lock(&token.open_id).await?;
        self.put(token)
    }

    /// Keeps a login that another process will go on with.
    pub fn put_aside(&self, login: &DeviceLogin) -> Result<(), Error> {
        let path = self.aside(&login.device_code);
        write(&path, &serde_json::to_vec(login).unwrap_or_default()).map_err(|error| failed(&path, &error))
    }

    /// A login that was put aside. One that nobody here knows may be known to the platform all the same.
    pub fn take_up(&self, device_code: &str) -> DeviceLogin {
        let known = fs::read(self.aside(device_code)).ok();
        let known = known.and_then(|text| serde_json::from_slice(&text).ok());
        known.unwrap_or_else(|| DeviceLogin::resume(device_code))
    }

    /// Forgets a login that was put aside.
    pub fn drop_aside(&self, device_code: &str) {
        let _ = fs::remove_file(self.aside(device_code));
    }

    fn aside(&self, device_code: &str) -> PathBuf {
        self.0.folder.join(format!("{}.login", name(&[device_code])))
    }

    /// Who is meant when `asker` names nobody: the user that was chosen, or the only one there is.
    pub fn default_user(&self, asker: &str) -> Result<Option<UserToken>, Error> {
        let chosen = self.defaults().remove(asker);
        if let Some(token) = chosen.map(|open_id| self.get(&open_id)).transpose()?.flatten() {
            return Ok(Some(token));
        }
        let mut all = self.list()?;
        Ok(if all.len() == 1 { all.pop() } else { None })
    }

    /// Chooses who is meant when `asker` names nobody.
    pub async fn set_default_user(&self, asker: &str, open_id: &str) -> Result<(), Error> {
        let path = self.0.folder.join(DEFAULTS);
        let _lock = lock(path.with_extension("lock")).await?;
        let mut defaults = self.defaults();
        defaults.insert(asker.to_owned(), open_id.to_owned());
        write(&path, &serde_json::to_vec(&defaults).unwrap_or_default())
            .map_err(|error| failed(&path, &error))
    }

    fn defaults(&self) -> BTreeMap<String, String> {
        let text = fs::read(self.0.folder.join(DEFAULTS)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The tokens as this process knows them, while they need no refresh.
    pub(super) fn fresh(&self, open_id: &str, refused: Option<&str>) -> Result<Option<UserToken>, Error> {
        let usable = |token: &UserToken| {
            token.is_fresh() && refused.is_none_or(|refused| refused != token.access_token)
        };
        if let Some(token) = self.memory().get(open_id).filter(|token| usable(token)) {
            return Ok(Some(token.clone()));
        }
        Ok(self.get(open_id)?.filter(usable))
    }

    /// Whether a token was got a moment ago.
    pub(crate) fn is_new(&self, open_id: &str, access_token: &str) -> bool {
        let token = self.get(open_id).ok().flatten();
        token.is_some_and(|token| token.access_token == access_token && token.is_new())
    }

    /// Holds all others off who would change a user's tokens.
    pub(super) async fn lock(&self, open_id: &str) -> Result<File, Error> {
        let _refreshing = self.0.refreshing.lock().await;
        lock(self.file(open_id).with_extension("lock")).await
    }

    /// Writes a user's tokens. Only who holds the lock may.
    pub(super) fn put(&self, token: &UserToken) -> Result<(), Error> {
        let path = self.file(&token.open_id);
        write(&path, &serde_json::to_vec(token).unwrap_or_default())
            .map_err(|error| failed(&path, &error))?;
        self.memory().insert(token.open_id.clone(), token.clone());
        Ok(())
    }

    /// Forgets a user. Only who holds the lock may.
    pub(super) fn remove(&self, open_id: &str) -> Result<(), Error> {
        self.memory().remove(open_id);
        let path = self.file(open_id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&path, &error)),
            _ => Ok(()),
        }
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, HashMap<String, UserToken>> {
        self.0.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, open_id: &str) -> PathBuf {
        let is_plain = open_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        let stem = if is_plain && !open_id.is_empty() { open_id.to_owned() } else { name(&[open_id]) };
        self.0.folder.join(format!("{stem}.json"))
    }
}

async fn lock(path: PathBuf) -> Result<File, Error> {
    let shown = path.clone();
    let locked = tokio::task::spawn_blocking(move || {
        let file = private(&path, false)?;
        file.lock()?;
        Ok::<_, io::Error>(file)
    });
    let locked = locked.await.map_err(io::Error::other).flatten();
    locked.map_err(|error| failed(&shown, &error))
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::Config(format!("{}: {error}", path.display()))
}

fn read(path: &Path) -> Result<Option<UserToken>, Error> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            let path = path.display();
            Error::Config(format!("{path} does not read: {error}; remove it, and let the user log in again"))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

/// Puts a file in place whole, and on the disk before this returns: what it holds cannot be got again.
///
/// In place comes first. A process that is killed loses nothing that it has written, and is killed more often than the
/// power goes; what is on its way to the disk takes a while.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("tmp");
    let mut file = private(&beside, true)?;
    file.write_all(bytes)?;
    fs::rename(&beside, path)?;
    file.sync_all()?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
