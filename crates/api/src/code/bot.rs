//! Refusals of `bot.v3.bot.info`.
//!
//! Its page has no table. The number is that of the general one, `/ukTMukTMukTM/ugjM14COyUjL4ITN`, and was seen.

use super::{Code, ephemeral};

/// `11205` app do not have bot
pub const NO_BOT: Code = Code { status: 200, ..ephemeral::NO_BOT };
