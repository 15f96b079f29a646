//! What all requests share, and what one handler gets.

use std::sync::Arc;

use larkspur_delivery::Delivery;
use larkspur_domain::{Caller, Context, Failure, Result};
use larkspur_store::{Blobs, Store, Tx, View};
use tokio::sync::Semaphore;

use crate::{gate::Tokens, limit::Limits, long_connection::Tickets};

/// What all requests share.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) blobs: Blobs,
    pub(crate) context: Arc<Context>,
    pub(crate) delivery: Delivery,
    pub(crate) tickets: Tickets,
    pub(crate) tokens: Tokens,
    pub(crate) limits: Limits,
    /// Whether other machines may reach it, under whatever name.
    pub(crate) any_host: bool,
    /// Pictures being converted: each may take much memory, so one at a time.
    pub(crate) conversions: Semaphore,
}

/// One call: who calls, and everything the handler may use.
#[derive(Clone)]
pub struct Call {
    pub(crate) state: Arc<State>,
    caller: Option<Caller>,
}

impl Call {
    pub(crate) fn new(state: Arc<State>, caller: Option<Caller>) -> Self {
        Self { state, caller }
    }

    /// Who calls. Endpoints that take no token have no caller; the route has seen to all others.
    pub(crate) fn caller(&self) -> Result<&Caller> {
        self.caller.as_ref().ok_or_else(|| larkspur_api::code::gateway::TOKEN_MISSING.into())
    }

    /// Asks a rule that only reads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&View<'_>, &Context, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (state, caller) = (Arc::clone(&self.state), self.caller()?.clone());
        self.state.store.read(move |view| rule(view, &state.context, &caller)).await
    }

    /// Asks a rule that changes something, and waits until that is on disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&Tx<'_>, &Context, &Caller) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (state, caller) = (Arc::clone(&self.state), self.caller()?.clone());
        self.state.store.write::<_, Failure>(move |tx| rule(tx, &state.context, &caller)).await
    }

    /// Asks a rule that changes something for someone who needs no token: the endpoint is this machine's own, or
    /// the request brings a credential of its own.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&Tx<'_>, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let state = Arc::clone(&self.state);
        self.state.store.write::<_, Failure>(move |tx| rule(tx, &state.context)).await
    }

    /// The same for what only reads.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        rule: impl FnOnce(&View<'_>, &Context) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let state = Arc::clone(&self.state);
        self.state.store.read(move |view| rule(view, &state.context)).await
    }
}
