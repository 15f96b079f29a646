//! Feishu/Lark instant messaging from Rust.
//!
//! ```no_run
//! use larkspur::{Client, content::Content, im::v1::message};
//!
//! # async fn example() -> Result<(), larkspur::Error> {
//! let client = Client::builder("cli_a1b2c3d4e5f60718", "the app's secret").build()?;
//! let sent = client.send(message::create::Request::to_chat("oc_…", &Content::text("hello"))).await?;
//! println!("{}", sent.message_id);
//! # Ok(())
//! # }
//! ```
//!
//! Every endpoint is a type (see [`im`], [`contact`], [`bot::v3`]), and [`Client::send`] sends any of them:
//! it gets tokens and renews them, waits when the platform says so, and repeats what may be repeated.
//! Sends carry a `uuid`, so that repeating one cannot send a message twice.
//!
//! Events come in through [`receive`], and [`bot`] makes a bot of them.
//!
//! With the feature `platform`, [`Platform`] is the whole platform in this process, for tests.

pub mod bot;
mod caller;
mod client;
mod connect;
mod download;
mod error;
pub mod login;
mod multipart;
mod raw;
pub mod receive;
mod retry;
mod token;
mod transport;

pub use larkspur_api::{
    Code, Endpoint, Other, Paged, Refusal, act, application, auth, authen, code, contact, content,
    custom_bot, deliveries, endpoint, event, id, im, interactive, oauth, platform, refusal, time, user, wire,
};
#[cfg(feature = "platform")]
pub use larkspur_server::{Builder as PlatformBuilder, Platform, Ready, StartError};

pub use crate::{
    client::{Answered, Client, ClientBuilder, FEISHU, LARK},
    download::Download,
    error::{ApiError, Error, Outcome},
    transport::Progress,
};
