//! `im.v1.file`: uploading and downloading files.

pub mod create;
pub mod get;

/// The most bytes a file may have: 30 MB.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/file/create`.
pub const MAX_BYTES: usize = 30 * 1024 * 1024;

/// The most bytes that can be downloaded: 100 MB.
pub const MAX_DOWNLOAD_BYTES: u64 = 100 * 1024 * 1024;
