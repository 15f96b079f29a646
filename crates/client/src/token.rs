//! Tenant tokens: got when needed, kept until they end, shared between processes if there is a folder.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Mutex,
    sync::PoisonError,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A token with less than this left is not used any more.
pub(crate) const MARGIN: Duration = Duration::from_secs(5 * 60);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) value: String,
    /// In ms since 1970.
    expires_at: u64,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "what others gave ends by the clock of the machine")]
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl Token {
    /// A token that the platform just gave.
    pub(crate) fn new(value: String, lasts: Duration) -> Self {
        Self { value, expires_at: now().saturating_add(u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX)) }
    }

    fn is_fresh(&self) -> bool {
        self.expires_at > now().saturating_add(u64::try_from(MARGIN.as_millis()).unwrap_or(0))
    }
}

/// The token of one app at one platform.
pub(crate) struct Tokens {
    memory: Mutex<Option<Token>>,
    /// One call at a time gets a new one.
    pub(crate) minting: tokio::sync::Mutex<()>,
    file: Option<PathBuf>,
}

impl Tokens {
    /// Keeps the token in memory, and in a folder if one is given.
    ///
    /// The name of the file is derived from all that a token depends on; it tells none of it.
    pub(crate) fn new(folder: Option<&Path>, base_url: &str, app_id: &str, app_secret: &str) -> Self {
        let file =
            folder.map(|folder| folder.join(format!("{}.json", name(&[base_url, app_id, app_secret]))));
        Self { memory: Mutex::new(None), minting: tokio::sync::Mutex::new(()), file }
    }

    /// The token, if there is one that lasts.
    pub(crate) fn get(&self) -> Option<Token> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = memory.as_ref().filter(|token| token.is_fresh()) {
            return Some(token.clone());
        }
        *memory = self.file.as_deref().and_then(read).filter(Token::is_fresh);
        memory.clone()
    }

    /// Forgets a token that the platform does not take.
    pub(crate) fn forget(&self, refused: &str) {
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(file) = &self.file
            && read(file).is_some_and(|token| token.value == refused)
        {
            let _ = fs::remove_file(file);
        }
    }

    /// Keeps a token. A folder that cannot be written to is no reason to fail: the token is at hand.
    pub(crate) fn keep(&self, token: &Token) {
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        if let Some(file) = &self.file {
            let _ = write(file, token);
        }
    }

    /// Holds other processes off while this one gets a token. `None` if there is nothing to share.
    pub(crate) async fn lock(&self) -> Option<File> {
        let path = self.file.as_ref()?.with_extension("lock");
        let locked = tokio::task::spawn_blocking(move || {
            let file = private(&path, false)?;
            file.lock()?;
            Ok::<_, io::Error>(file)
        });
        locked.await.ok()?.ok()
    }
}

/// A name for what depends on all of these, which tells none of them.
pub(crate) fn name(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize().get(..16).unwrap_or_default())
}

fn read(path: &Path) -> Option<Token> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Puts the token in place whole, so that a reader sees the old one or the new one.
fn write(path: &Path, token: &Token) -> io::Result<()> {
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = private(&beside, true)?;
    file.write_all(&serde_json::to_vec(token)?)?;
    fs::rename(&beside, path)
}

/// A file that only its owner may read, in a folder that only its owner may enter.
pub(crate) fn private(path: &Path, truncate: bool) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
