//! Bots: what is done with messages, commands and cards, and the words to do it with.
//!
//! ```no_run
//! use larkspur::{
//!     Client,
//!     bot::{Bot, MessageContext},
//! };
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("cli_a1b2c3d4e5f60718", "the app's secret").build()?;
//! let bot = Bot::builder(client)
//!     .command("/help", |message: MessageContext| async move {
//!         message.reply_text("I repeat what you say.").await?;
//!         Ok(())
//!     })
//!     .on_message(|message: MessageContext| async move {
//!         message.reply_text(message.text()).await?;
//!         Ok(())
//!     })
//!     .build();
//! bot.run(std::future::pending::<()>()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! What [`receive`](crate::receive) promises holds here: each event once, those of a chat in order, callbacks answered
//! in time. What a handler sends carries a `uuid` made from the event and the content, so that a handler that failed
//! halfway and is called again, within an hour, sends nothing twice.
//!
//! The endpoints of the bot itself are in [`v3`].

mod builder;
mod card;
mod context;
mod message;
mod stream;

use std::time::Duration;

pub use larkspur_api::bot::v3;

pub use self::{
    builder::BotBuilder,
    card::CardContext,
    context::Context,
    message::{MessageContext, Resource},
    stream::StreamCard,
};
use crate::{
    client::Client,
    receive::{ConnectionError, Dispatcher, LongConnection, Webhook},
};

/// How long handlers are waited for when a bot is to stop, unless it is said otherwise.
const GRACE: Duration = Duration::from_secs(10);

/// A bot: handlers, and a client for them to act with. Clones are the same bot.
#[derive(Clone)]
pub struct Bot {
    client: Client,
    dispatcher: Dispatcher,
    grace: Duration,
}

impl Bot {
    /// A bot without handlers, to which they are added.
    pub fn builder(client: Client) -> BotBuilder {
        BotBuilder::new(client)
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What is done with each type of event.
    pub fn dispatcher(&self) -> &Dispatcher {
        &self.dispatcher
    }

    /// A long connection that feeds the bot.
    pub fn long_connection(&self) -> LongConnection {
        LongConnection::of(&self.client, self.dispatcher.clone())
    }

    /// A webhook that feeds the bot. It still lacks the Encrypt Key or the Verification Token.
    pub fn webhook(&self) -> Webhook {
        Webhook::new(self.dispatcher.clone())
    }

    /// Runs the bot over a long connection until something happens, such as Ctrl-C. Then nothing more is taken, and
    /// handlers have 10 s to end.
    ///
    /// It fails if the platform refuses the connection for good, because of a wrong secret for example.
    pub async fn run(&self, until: impl Future) -> Result<(), ConnectionError> {
        self.long_connection().run_until(until).await?;
        if tokio::time::timeout(self.grace, self.dispatcher.idle()).await.is_err() {
            tracing::warn!("handlers were still at work when the bot stopped");
        }
        Ok(())
    }
}
