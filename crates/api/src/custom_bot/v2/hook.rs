//! `custom_bot.v2.hook`.

pub mod send;

/// The most bytes of a message, as the guide has it: 20 KB.
///
/// Source: `/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN`.
pub const MAX_BYTES: usize = 20 * 1024;

/// The most bytes of a message, as the general table of codes has it: 30 KB.
pub const HARD_MAX_BYTES: usize = 30 * 1024;

/// How far `timestamp` may be from now, in s.
pub const SIGN_WINDOW: i64 = 3600;

/// The most keywords a custom bot may have.
pub const MAX_KEYWORDS: usize = 10;

/// The most addresses and address ranges a custom bot may have.
pub const MAX_IP_RULES: usize = 10;
