//! How events travel between the platform and a bot.
//!
//! There are two ways. A webhook is an HTTP request that may be encrypted ([`seal`]) and is signed
//! ([`signature`]). The long connection is asked for ([`discovery`]), and then carries one [`frame`] in each
//! binary WebSocket message; a large event comes in several ([`join`]) and is answered with an [`ack`].
//!
//! The platform sends with this crate and the client receives with it, so neither can drift from the other.
//! It does no I/O and knows no runtime; time and randomness are passed in. What a peer decides is bounded.
//!
//! None of this is in the public documents but for encryption and signatures. The rest was read in the
//! official SDKs and recorded from them; the recordings are in `vectors/`.

pub mod ack;
pub mod client_config;
pub mod discovery;
pub mod frame;
pub mod javascript;
pub mod join;
pub mod seal;
pub mod signature;

pub use ack::Ack;
pub use client_config::ClientConfig;
pub use frame::{Frame, Header, Method};
pub use join::{Joined, Joiner};
