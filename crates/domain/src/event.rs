//! Events: what a change is told as, and to whom.
//!
//! An event is written to the outbox in the transaction of the change it tells of, once for each app
//! that is to hear of it, with the ids that app knows and without the fields it may not see. How it gets there is
//! no concern of this crate.

pub mod application;
pub mod chat;
pub mod contact;
pub mod message;

use larkspur_api::{
    endpoint::Scopes,
    event::{Apps, Envelope, Event, EventMeta, Header, Kind, UserIds},
    wire,
};
use larkspur_store::{
    Actor, Tx, View,
    outbox::{OutboxRow, Progress},
};

use crate::{App, Context, Result};

/// Where a change happened.
pub(crate) struct Scene<'a> {
    pub(crate) tx: &'a Tx<'a>,
    pub(crate) context: &'a Context,
    pub(crate) tenant_key: &'a str,
    /// Events of one type and one scene arrive in order.
    pub(crate) lane: &'a str,
}

impl Scene<'_> {
    /// Tells every app that listens. `body` makes the event for an app, or nothing if the app is not to hear of it.
    pub(crate) fn tell<E: Event>(&self, mut body: impl FnMut(&App) -> Result<Option<E>>) -> Result<()> {
        for app in self.context.apps.of_tenant(self.tenant_key) {
            if hears(&app, E::META)
                && let Some(body) = body(&app)?
            {
                put(self.tx, self.context, &app, &envelope(self.context, &app, &body), self.lane)?;
            }
        }
        Ok(())
    }
}

/// Puts an event for one app into the outbox.
pub(crate) fn put(tx: &Tx<'_>, context: &Context, app: &App, envelope: &Envelope, lane: &str) -> Result<()> {
    let now = context.now();
    let event_type = &envelope.header.event_type;
    tx.insert_event(&OutboxRow {
        id: 0,
        event_id: envelope.header.event_id.clone(),
        app: app.home(),
        event_type: event_type.clone(),
        lane: format!("{event_type} {lane}"),
        body: envelope.to_json().to_string(),
        progress: Progress::Ready,
        attempts: 0,
        due_at: now,
        created_at: now,
    })?;
    Ok(())
}

/// Whether an app listens to something and may hear of it.
pub fn hears(app: &App, meta: &EventMeta) -> bool {
    app.is_enabled()
        && match meta.apps {
            Apps::Isv => app.is_isv(),
            Apps::Custom => !app.is_isv(),
            Apps::All => true,
        }
        && app.subscription.includes(meta)
        && match meta.scopes {
            Scopes::Any(scopes) => scopes.is_empty() || scopes.iter().any(|scope| app.has_scope(scope)),
            Scopes::All(scopes) => scopes.iter().all(|scope| app.has_scope(scope)),
        }
}

/// An event or a callback as one app gets it: under a new id, without the fields that it may not see.
pub fn envelope<E: Event>(context: &Context, app: &App, body: &E) -> Envelope {
    let now = context.now();
    let create_time = match E::META.kind {
        Kind::Event => now,
        // Callbacks count in microseconds: `/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication`.
        Kind::Callback => now.saturating_mul(1000),
    };
    let header = Header {
        event_id: context.hex(32),
        event_type: E::META.event_type.to_owned(),
        create_time: create_time.to_string(),
        token: app.row.verification_token.clone(),
        app_id: app.row.app_id.as_str().into(),
        tenant_key: app.row.tenant_key.clone(),
        ..Header::default()
    };
    let mut envelope = Envelope::new(header, body);
    wire::withhold(E::META.fields, &mut envelope.event, &|scope| app.has_scope(scope));
    envelope
}

/// What an app calls a user.
pub(crate) fn user_ids(view: &View<'_>, app: &App, user: i64) -> Result<UserIds> {
    let row = view.user_by_row(user)?;
    let row = row.as_ref();
    Ok(UserIds {
        union_id: row.map(|row| row.union_id.as_str().into()),
        user_id: row.map(|row| row.user_id.as_str().into()),
        open_id: view.open_id(app.row.id, user)?.unwrap_or_default().into(),
        ..UserIds::default()
    })
}

/// What an app calls a user or a bot. Of a bot there is only its `open_id`.
pub(crate) fn actor_ids(view: &View<'_>, context: &Context, app: &App, actor: Actor) -> Result<UserIds> {
    match actor {
        Actor::User(user) => user_ids(view, app, user),
        Actor::App(bot) => {
            let open_id = context.apps.get(bot).map(|bot| bot.row.open_id.clone()).unwrap_or_default();
            Ok(UserIds { open_id: open_id.into(), ..UserIds::default() })
        }
    }
}
