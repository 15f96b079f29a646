//! Which handler takes what.

use std::{sync::Arc, time::Duration};

use larkspur_api::{
    bot::v3::bot::info,
    event::{
        Callback, Event,
        card::action::trigger,
        im::message::receive_v1::{self, SenderType},
    },
    id::OpenId,
};
use tokio::sync::OnceCell;

use super::{Bot, CardContext, Context, GRACE, MessageContext};
use crate::{
    client::Client,
    error::Error,
    receive::{BoxFuture, Dispatcher, DispatcherBuilder, HandlerResult, Received},
};

type Messages = Arc<dyn Fn(MessageContext) -> BoxFuture<'static, HandlerResult> + Send + Sync>;
type Cards = Arc<dyn Fn(CardContext) -> BoxFuture<'static, HandlerResult<trigger::Answer>> + Send + Sync>;

/// How to make a [`Bot`].
pub struct BotBuilder {
    client: Client,
    dispatcher: DispatcherBuilder,
    messages: MessageRoutes,
    cards: Vec<(String, Cards)>,
    grace: Duration,
}

/// What is done with messages.
#[derive(Default)]
struct MessageRoutes {
    commands: Vec<(String, Messages)>,
    mention: Option<Messages>,
    any: Option<Messages>,
    hear_bots: bool,
    me: OnceCell<OpenId>,
}

impl BotBuilder {
    pub(super) fn new(client: Client) -> Self {
        let dispatcher = Dispatcher::builder().late_cards(&client);
        let (messages, cards) = (MessageRoutes::default(), Vec::new());
        Self { client, dispatcher, messages, cards, grace: GRACE }
    }

    /// Handles messages that are neither a command nor, if there is a handler for these, a mention.
    pub fn on_message<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(MessageContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.messages.any = Some(boxed(handler));
        self
    }

    /// Handles messages whose first word is this, such as `/help`; capitals do not matter. In a group the bot may be
    /// mentioned before it.
    pub fn command<F, Fut>(mut self, name: impl Into<String>, handler: F) -> Self
    where
        F: Fn(MessageContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.messages.commands.push((name.into().to_lowercase(), boxed(handler)));
        self
    }

    /// Handles messages that mention the bot.
    pub fn mention<F, Fut>(mut self, handler: F) -> Self
    where
        F: Fn(MessageContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        self.messages.mention = Some(boxed(handler));
        self
    }

    /// Hears what other bots say too. Two bots that answer each other do not stop: by default it is not heard.
    pub fn hear_bots(mut self) -> Self {
        self.messages.hear_bots = true;
        self
    }

    /// Handles what users do to an element of a card: the one with this `name`, with this text as its `value`, or with
    /// this key in its `value`. What the handler returns is shown, or takes the place of the card.
    ///
    /// A handler may take longer than the 3 s that the platform waits: its card is put in place when it is ready.
    pub fn card_action<F, Fut>(mut self, element: impl Into<String>, handler: F) -> Self
    where
        F: Fn(CardContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult<trigger::Answer>> + Send + 'static,
    {
        self.cards.push((element.into(), Arc::new(move |card| Box::pin(handler(card)))));
        self
    }

    /// Handles any other event. The type is told by what the handler takes:
    /// `.event(|added: Context<added_v1::Event>| async move { … })`.
    pub fn event<E, F, Fut>(mut self, handler: F) -> Self
    where
        E: Event,
        F: Fn(Context<E>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult> + Send + 'static,
    {
        let client = self.client.clone();
        self.dispatcher = self.dispatcher.on(move |received: Received<E>| {
            let known_by = received.header.event_id.clone();
            handler(Context::new(client.clone(), received, known_by, None))
        });
        self
    }

    /// Handles any other callback: what the handler returns is the answer.
    pub fn callback<C, F, Fut>(mut self, handler: F) -> Self
    where
        C: Callback,
        F: Fn(Context<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = HandlerResult<C::Answer>> + Send + 'static,
    {
        let client = self.client.clone();
        self.dispatcher = self.dispatcher.on_callback(move |received: Received<C>| {
            let known_by = received.header.event_id.clone();
            handler(Context::new(client.clone(), received, known_by, None))
        });
        self
    }

    /// Changes how events are taken: how many at a time, what is remembered, and so on.
    pub fn receive(mut self, change: impl FnOnce(DispatcherBuilder) -> DispatcherBuilder) -> Self {
        self.dispatcher = change(self.dispatcher);
        self
    }

    /// How long handlers are waited for when the bot is to stop. By default 10 s.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// The bot.
    pub fn build(self) -> Bot {
        let Self { client, mut dispatcher, messages, cards, grace } = self;
        if !messages.is_empty() {
            let (messages, client) = (Arc::new(messages), client.clone());
            dispatcher =
                dispatcher.on(move |received| Arc::clone(&messages).handle(client.clone(), received));
        }
        if !cards.is_empty() {
            let (cards, client) = (Arc::new(cards), client.clone());
            dispatcher = dispatcher.on_callback(move |received: Received<trigger::Event>| {
                let known_by = received.header.event_id.clone();
                let card = CardContext::new(client.clone(), received, known_by, None);
                let found = cards.iter().find(|(element, _)| card.is_about(element));
                let handler = found.map(|(_, handler)| Arc::clone(handler));
                async move {
                    match handler {
                        Some(handler) => handler(card).await,
                        None => Err(format!("nothing handles this action: {:?}", card.event.action).into()),
                    }
                }
            });
        }
        Bot { client, dispatcher: dispatcher.build(), grace }
    }
}

fn boxed<F, Fut>(handler: F) -> Messages
where
    F: Fn(MessageContext) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = HandlerResult> + Send + 'static,
{
    Arc::new(move |message| Box::pin(handler(message)))
}

impl MessageRoutes {
    fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.mention.is_none() && self.any.is_none()
    }

    async fn handle(self: Arc<Self>, client: Client, received: Received<receive_v1::Event>) -> HandlerResult {
        let receive_v1::Event { sender, message, .. } = &received.event;
        let is_bot = sender.sender_type == SenderType::Bot;
        if is_bot && !self.hear_bots {
            return Ok(());
        }
        // Who has to be known is asked for once; most messages of a one-to-one chat need nobody.
        let is_needed = is_bot || message.mentions.iter().flatten().next().is_some();
        let me =
            if is_needed { Some(self.me.get_or_try_init(|| who_am_i(&client)).await?.clone()) } else { None };
        if is_bot && me.is_some() && me.as_ref() == sender.sender_id.as_ref().map(|ids| &ids.open_id) {
            return Ok(());
        }
        let known_by = message.message_id.as_str().to_owned();
        let message = MessageContext::new(client, received, known_by, me);
        match self.route(&message) {
            Some(handler) => handler(message).await,
            None => Ok(()),
        }
    }

    fn route(&self, message: &MessageContext) -> Option<&Messages> {
        let word = message.text().split_whitespace().next().unwrap_or_default().to_lowercase();
        let command = self.commands.iter().find(|(name, _)| *name == word).map(|(_, handler)| handler);
        let mention = || self.mention.as_ref().filter(|_| message.mentions_me());
        command.or_else(mention).or(self.any.as_ref())
    }
}

async fn who_am_i(client: &Client) -> Result<OpenId, Error> {
    Ok(client.send(info::Request::default()).await?.bot.open_id)
}
