//! Events and callbacks on their way in.
//!
//! A [`Dispatcher`] knows what is done with each type of event. A [`LongConnection`] feeds it from this side of
//! any firewall; a [`Webhook`] feeds it from a web server. What holds for both:
//!
//! - An event is acknowledged when its handler returned `Ok`. If the handler fails, the platform is told so and
//!   sends the event again, after 15 s, 5 min, 1 h and 6 h.
//! - A handler that takes longer than 2.5 s is not waited for: the platform gives up after 3 s. The event is
//!   acknowledged and the handler goes on. From then on it is at most once: if the handler fails, or the process
//!   ends, the event does not come again.
//! - An event that comes twice is handled once. A [`SeenStore`] keeps that over a restart.
//! - Events of one chat are handled in the order they came, those of different chats at the same time.
//! - Callbacks are answered within 3 s, whatever the handler does.
//!
//! ```no_run
//! use larkspur::{
//!     Client,
//!     event::im::message::receive_v1,
//!     receive::{Dispatcher, LongConnection, Received},
//! };
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("cli_a1b2c3d4e5f60718", "the app's secret").build()?;
//! let dispatcher = Dispatcher::builder()
//!     .on(|message: Received<receive_v1::Event>| async move {
//!         println!("{}", message.event.message.content);
//!         Ok(())
//!     })
//!     .build();
//! LongConnection::of(&client, dispatcher).run().await?;
//! # Ok(())
//! # }
//! ```

mod builder;
mod dedupe;
mod dispatcher;
mod file_seen;
mod handler;
mod lanes;
mod late;
mod long_connection;
mod pace;
mod session;
mod socket;
mod trial;
mod webhook;

use larkspur_api::event::Header;

pub use self::{
    builder::DispatcherBuilder,
    dedupe::{BoxFuture, SeenStore},
    dispatcher::{Dispatcher, Reply},
    file_seen::FileSeen,
    late::LateCard,
    long_connection::{ConnectionError, Handle, LongConnection, State},
    trial::OpenError,
    webhook::Webhook,
};

/// Why a handler failed: any error, by way of `?`.
pub type HandlerError = Box<dyn std::error::Error + Send + Sync>;

/// What a handler returns: nothing, or the answer to a callback.
pub type HandlerResult<T = ()> = Result<T, HandlerError>;

/// An event that came, read as its type.
#[derive(Clone, Debug, PartialEq)]
pub struct Received<E> {
    /// Which event of which app and tenant, and when.
    pub header: Header,
    /// What happened.
    pub event: E,
}
