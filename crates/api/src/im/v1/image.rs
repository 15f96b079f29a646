//! `im.v1.image`: uploading and downloading pictures.

pub mod create;
pub mod get;

/// The most bytes an image may have: 10 MB.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/image/create`.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// The widest and highest a GIF may be, in px.
pub const MAX_GIF_SIDE: u32 = 2000;

/// The widest and highest a picture that is not a GIF may be, in px.
pub const MAX_SIDE: u32 = 12_000;

/// The widest and highest an avatar may be, in px.
pub const MAX_AVATAR_SIDE: u32 = 4096;
