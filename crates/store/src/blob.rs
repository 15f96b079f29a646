//! The bytes of images and files.

use std::{ops::Range, path::Path, sync::Arc};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use object_store::{
    GetOptions, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, memory::InMemory,
    path::Path as Key,
};

use crate::Error;

/// An upload up to this size is kept in memory and written at once; a larger one goes to disk as it comes.
const IN_MEMORY: usize = 256 * 1024;

/// How much of a large upload is written at a time.
const PART: usize = 1024 * 1024;

/// Where bytes are kept, by key.
#[derive(Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    /// In a folder. What was written is on disk before it counts as written.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)
            .map_err(|source| Error::Folder { path: folder.to_owned(), source })?;
        remove_leftovers(folder);
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// In memory.
    pub fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()) }
    }

    /// Begins an upload under a key. Nothing is there until [`Upload::finish`] returns.
    pub fn upload(&self, key: &str) -> Upload {
        Upload { store: Arc::clone(&self.store), key: Key::from(key), head: Vec::new(), parts: None, size: 0 }
    }

    /// Writes bytes under a key.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), Error> {
        self.store.put(&Key::from(key), PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// All bytes under a key.
    pub async fn get(&self, key: &str) -> Result<Bytes, Error> {
        Ok(self.store.get(&Key::from(key)).await?.bytes().await?)
    }

    /// The bytes under a key, or a range of them, as they come from the disk.
    pub async fn stream(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<impl Stream<Item = Result<Bytes, Error>> + Send + use<>, Error> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let result = self.store.get_opts(&Key::from(key), options).await?;
        Ok(result.into_stream().map(|chunk| chunk.map_err(Error::from)))
    }

    /// Forgets a key.
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        Ok(self.store.delete(&Key::from(key)).await?)
    }
}

/// Uploads that a killed process left unfinished have a `#` in their name.
fn remove_leftovers(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().contains('#') {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Bytes on their way in. Dropped unfinished, it leaves nothing behind.
pub struct Upload {
    store: Arc<dyn ObjectStore>,
    key: Key,
    head: Vec<u8>,
    parts: Option<Parts>,
    size: u64,
}

struct Parts {
    upload: Box<dyn object_store::MultipartUpload>,
    pending: Vec<u8>,
}

impl Upload {
    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        let room = (IN_MEMORY - self.head.len()).min(bytes.len());
        let (head, rest) = bytes.split_at(room);
        self.head.extend_from_slice(head);
        if self.parts.is_none() && rest.is_empty() {
            return Ok(());
        }
        let parts = match &mut self.parts {
            Some(parts) => parts,
            None => {
                let upload = self.store.put_multipart(&self.key).await?;
                self.parts.insert(Parts { upload, pending: self.head.clone() })
            }
        };
        parts.pending.extend_from_slice(rest);
        if parts.pending.len() >= PART {
            parts.upload.put_part(PutPayload::from(std::mem::take(&mut parts.pending))).await?;
        }
        Ok(())
    }

    /// How many bytes came so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The first bytes, up to 256 KB; all of them if [`is_whole`](Self::is_whole).
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether [`head`](Self::head) is all there is.
    pub fn is_whole(&self) -> bool {
        self.parts.is_none()
    }

    /// Puts the bytes under the key, on disk.
    pub async fn finish(mut self) -> Result<(), Error> {
        match self.parts.take() {
            None => {
                self.store.put(&self.key, PutPayload::from(std::mem::take(&mut self.head))).await?;
            }
            Some(mut parts) => {
                if !parts.pending.is_empty() {
                    parts.upload.put_part(PutPayload::from(std::mem::take(&mut parts.pending))).await?;
                }
                parts.upload.complete().await?;
            }
        }
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(mut parts) = self.parts.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                let _ = parts.upload.abort().await;
            });
        }
    }
}
