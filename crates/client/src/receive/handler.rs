//! Handlers of any type, behind one type.

use std::sync::Arc;

use larkspur_api::event::{Callback, Envelope, Event};
use serde_json::Value;

use super::{BoxFuture, HandlerResult, Received};

/// What is done with an envelope, and what is answered if it is a callback.
pub(crate) type Handler = Arc<dyn Fn(Envelope) -> BoxFuture<'static, HandlerResult<Value>> + Send + Sync>;

/// Reads events before they are handled.
pub(crate) fn of_event<E, F, Fut>(handler: F) -> Handler
where
    E: Event,
    F: Fn(Received<E>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = HandlerResult> + Send + 'static,
{
    Arc::new(move |envelope| {
        // The handler is called here and not in the future: it need not be kept.
        let handled = read(envelope).map(&handler);
        Box::pin(async move { handled?.await.map(|()| Value::Null) })
    })
}

/// Reads callbacks before they are handled, and writes their answers.
pub(crate) fn of_callback<C, F, Fut>(handler: F) -> Handler
where
    C: Callback,
    F: Fn(Received<C>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = HandlerResult<C::Answer>> + Send + 'static,
{
    Arc::new(move |envelope| {
        let handled = read(envelope).map(&handler);
        Box::pin(async move { Ok(serde_json::to_value(handled?.await?)?) })
    })
}

/// Takes envelopes as they come.
pub(crate) fn of_any<F, Fut>(handler: F) -> Handler
where
    F: Fn(Envelope) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = HandlerResult<Value>> + Send + 'static,
{
    Arc::new(move |envelope| Box::pin(handler(envelope)))
}

fn read<E: Event>(envelope: Envelope) -> HandlerResult<Received<E>> {
    let event = envelope.decode()?;
    Ok(Received { header: envelope.header, event })
}
