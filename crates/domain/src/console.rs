//! What an app's page in a developer console shows and changes, and what it was told.

pub mod app;
pub mod card_template;
pub mod tenant;
pub mod user;

use std::sync::Arc;

use larkspur_api::{
    Refusal,
    code::gateway,
    deliveries::{
        Attempt, Delivery, DeliveryState,
        list::{self, Ledger},
    },
    event::{self as events, Envelope, Incoming, Kind},
    platform::{
        app::{self as contract, App as Shown, update},
        trigger,
    },
    time::Millis,
};
use larkspur_store::{
    Tx, View,
    app::AppRow,
    outbox::{OutboxRow, Progress},
};
use serde_json::Value;

use crate::{
    App, Context, Result, act, event, page,
    subscription::{EVERYTHING, Mode, Subscription},
};

fn wrong(field: &str, value: &str, why: impl Into<String>) -> Refusal {
    gateway::FIELD_VALIDATION_FAILED.field(field, value, why)
}

/// The app with this id.
pub fn find(context: &Context, app_id: &str) -> Result<Arc<App>> {
    context.apps.by_app_id(app_id).ok_or_else(|| wrong("app_id", app_id, "no such app").into())
}

/// The apps of all tenants.
pub fn list(view: &View<'_>, context: &Context) -> Result<contract::list::Response> {
    let mut items = Vec::new();
    for (tenant_key, _) in view.tenants()? {
        for app in context.apps.of_tenant(&tenant_key).iter().filter(|app| app.row.origin.is_none()) {
            items.push(show(view, app)?);
        }
    }
    Ok(contract::list::Response { items, ..contract::list::Response::default() })
}

/// An app, as its developer sees it.
pub fn show(view: &View<'_>, app: &App) -> Result<Shown> {
    let row = &app.row;
    let availability = match row.availability.as_deref() {
        None => None,
        Some(list) => {
            let users: Vec<i64> = serde_json::from_str(list).unwrap_or_default();
            let names = users.iter().map(|user| Ok(view.open_id(row.id, *user)?.unwrap_or_default().into()));
            Some(names.collect::<Result<_>>()?)
        }
    };
    let mode = |mode| match mode {
        Mode::LongConnection => contract::Mode::LongConnection,
        Mode::Webhook => contract::Mode::Webhook,
    };
    let subscription = &app.subscription;
    Ok(Shown {
        app_id: row.app_id.as_str().into(),
        name: row.name.clone(),
        tenant_key: row.tenant_key.clone(),
        open_id: row.open_id.as_str().into(),
        bot: row.bot,
        activate_status: row.activate_status,
        scopes: serde_json::from_str(&row.scopes).unwrap_or_default(),
        availability,
        events: subscription.events.clone(),
        event_mode: mode(subscription.event_mode),
        request_url: subscription.request_url.clone(),
        callbacks: subscription.callbacks.clone(),
        callback_mode: mode(subscription.callback_mode),
        callback_url: subscription.callback_url.clone(),
        encrypt_key: row.encrypt_key.clone(),
        verification_token: row.verification_token.clone(),
        redirect_uris: row.redirect_uris.as_deref().and_then(|list| serde_json::from_str(list).ok()),
        ..Shown::default()
    })
}

/// An app as a request wants it. Nothing is written yet: new addresses are to be checked first.
pub fn changed(view: &View<'_>, context: &Context, request: &update::Request) -> Result<AppRow> {
    let app = find(context, request.app_id.as_str())?;
    let mut row = app.row.clone();
    let old = app.subscription.clone();
    let mode = |field: &str, mode: &Option<contract::Mode>, old| match mode {
        None => Ok(old),
        Some(contract::Mode::LongConnection) => Ok(Mode::LongConnection),
        Some(contract::Mode::Webhook) => Ok(Mode::Webhook),
        Some(contract::Mode::Other(other)) => Err(wrong(field, other, "options: [long_connection,webhook]")),
    };
    let url = |url: &Option<String>, old| match url.as_deref() {
        None => old,
        Some("") => None,
        Some(url) => Some(url.to_owned()),
    };
    let subscription = Subscription {
        events: names("events", Kind::Event, &request.events, old.events)?,
        event_mode: mode("event_mode", &request.event_mode, old.event_mode)?,
        request_url: url(&request.request_url, old.request_url),
        callbacks: names("callbacks", Kind::Callback, &request.callbacks, old.callbacks)?,
        callback_mode: mode("callback_mode", &request.callback_mode, old.callback_mode)?,
        callback_url: url(&request.callback_url, old.callback_url),
    };
    row.subscription = serde_json::to_string(&subscription).unwrap_or_default();
    if let Some(key) = &request.encrypt_key {
        row.encrypt_key.clone_from(key);
    }
    if let Some(token) = &request.verification_token {
        row.verification_token.clone_from(token);
    }
    if let Some(scopes) = &request.scopes {
        row.scopes = serde_json::to_string(scopes).unwrap_or_default();
    }
    row.bot = request.bot.unwrap_or(row.bot);
    row.activate_status = request.activate_status.unwrap_or(row.activate_status);
    if let Some(users) = &request.availability {
        row.availability = if users.iter().any(|user| user == EVERYTHING) {
            None
        } else {
            let users = users.iter().map(|name| Ok(act::person(view, context, name)?.user.id));
            serde_json::to_string(&users.collect::<Result<Vec<i64>>>()?).ok()
        };
    }
    if let Some(uris) = &request.redirect_uris {
        row.redirect_uris = (!uris.is_empty()).then(|| serde_json::to_string(uris).unwrap_or_default());
    }
    Ok(row)
}

/// Types that exist and are of this kind.
fn names(field: &str, kind: Kind, new: &Option<Vec<String>>, old: Vec<String>) -> Result<Vec<String>> {
    let Some(new) = new else { return Ok(old) };
    for name in new.iter().filter(|name| *name != EVERYTHING) {
        if events::find(name).is_none_or(|meta| meta.kind != kind) {
            let all: Vec<_> =
                events::events().filter(|meta| meta.kind == kind).map(|meta| meta.event_type).collect();
            return Err(wrong(field, name, format!("options: [{}]", all.join(","))).into());
        }
    }
    Ok(new.clone())
}

/// Writes an app as it was changed, and lets it count at once.
pub fn update(tx: &Tx<'_>, context: &Context, row: AppRow) -> Result<Shown> {
    tx.update_app(&row)?;
    let app = App::new(row.clone());
    event::application::available(tx, context, &app)?;
    for installed in context.apps.installations(row.id) {
        let AppRow { id, tenant_key, open_id, availability, origin, .. } = installed.row.clone();
        if origin.is_some() {
            let row = AppRow { id, tenant_key, open_id, availability, origin, ..row.clone() };
            tx.update_app(&row)?;
            context.apps.extend([row]);
        }
    }
    context.apps.extend([row]);
    show(tx, &app)
}

/// The documented example of an event, for an app, with some of its fields replaced.
pub fn example(context: &Context, request: &trigger::Request) -> Result<(Arc<App>, Kind, Envelope)> {
    let app = find(context, request.app_id.as_str())?;
    let event_type = &request.event_type;
    let Some(meta) = events::find(event_type) else {
        let all: Vec<_> = events::events().map(|meta| meta.event_type).collect();
        return Err(wrong("event_type", event_type, format!("options: [{}]", all.join(","))).into());
    };
    let Ok(Incoming::Event(mut envelope)) = Envelope::parse(meta.example.as_bytes()) else {
        return Err(wrong("event_type", event_type, "has no example").into());
    };
    let micros = if meta.kind == Kind::Callback { 1000 } else { 1 };
    envelope.header.event_id = context.hex(32);
    envelope.header.create_time = context.now().saturating_mul(micros).to_string();
    envelope.header.token.clone_from(&app.row.verification_token);
    envelope.header.app_id = app.row.app_id.as_str().into();
    envelope.header.tenant_key.clone_from(&app.row.tenant_key);
    // Receivers that tell messages by their id would take a second one for the first.
    if let Some(message_id) = envelope.event.pointer_mut("/message/message_id") {
        *message_id = String::from(context.message_id()).into();
    }
    for (name, value) in request.event.iter().flatten() {
        if let Some(event) = envelope.event.as_object_mut() {
            merge(event.entry(name).or_insert(Value::Null), value);
        }
    }
    Ok((app, meta.kind, envelope))
}

/// Objects are merged, all else is replaced.
fn merge(old: &mut Value, new: &Value) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, value) in new {
                merge(old.entry(name).or_insert(Value::Null), value);
            }
        }
        (old, new) => *old = new.clone(),
    }
}

/// Puts an event into the outbox by hand.
pub fn put(tx: &Tx<'_>, context: &Context, app: &App, envelope: &Envelope) -> Result<()> {
    event::put(tx, context, app, envelope, &envelope.header.event_id)
}

/// A page of what an app was told.
pub fn deliveries(view: &View<'_>, context: &Context, request: &list::Request) -> Result<list::Response> {
    let app = match &request.app_id {
        Some(app_id) => find(context, app_id.as_str())?,
        None => only_bot(view, context)?,
    };
    let identity = format!("deliveries.list {}", app.row.app_id);
    let before = match request.page_token.as_deref() {
        None => i64::MAX,
        Some(token) => {
            let place = page::place(&identity, token);
            place.map_err(|_| wrong("page_token", token, "page_token is invalid"))?.1
        }
    };
    let size = request.page_size.unwrap_or(20);
    let mut rows = view.events(app.row.id, before, size + 1)?;
    let has_more = rows.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        rows.pop();
    }
    let ledger = view.ledger(app.row.id)?;
    Ok(list::Response {
        page_token: rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id))),
        items: rows.iter().map(delivery).collect(),
        has_more,
        ledger: Ledger {
            created: ledger.created,
            delivered: ledger.delivered,
            pending: ledger.pending,
            expired: ledger.expired,
            ..Ledger::default()
        },
        ..list::Response::default()
    })
}

fn only_bot(view: &View<'_>, context: &Context) -> Result<Arc<App>> {
    let mut bots = Vec::new();
    for (tenant_key, _) in view.tenants()? {
        let own = |app: &Arc<App>| app.row.bot && app.row.origin.is_none();
        bots.extend(context.apps.of_tenant(&tenant_key).into_iter().filter(own));
    }
    if bots.len() == 1 {
        Ok(bots.remove(0))
    } else {
        Err(wrong("app_id", "", "app_id is required: there are several bots, or none").into())
    }
}

/// An event with its body and every attempt.
pub fn delivered(view: &View<'_>, event_id: &str) -> Result<Delivery> {
    let row = row(view, event_id)?;
    let attempts = view.attempts(event_id)?.into_iter().map(|one| Attempt {
        time: Millis(one.at),
        took: one.took,
        target: one.target,
        outcome: one.outcome,
        status: one.status,
        answer: one.answer,
        ..Attempt::default()
    });
    Ok(Delivery {
        body: serde_json::from_str(&row.body).ok(),
        attempts: Some(attempts.collect()),
        ..delivery(&row)
    })
}

/// Sends an event again.
pub fn resend(tx: &Tx<'_>, context: &Context, event_id: &str) -> Result<()> {
    let row = row(tx, event_id)?;
    if events::find(&row.event_type).is_some_and(|meta| meta.kind == Kind::Callback) {
        return Err(wrong("event_id", event_id, "a callback is asked once: let a user ask it again").into());
    }
    tx.resend_event(&row, context.now())?;
    Ok(())
}

fn row(view: &View<'_>, event_id: &str) -> Result<OutboxRow> {
    view.event(event_id)?
        .ok_or_else(|| wrong("event_id", event_id, "no such event; settled ones are kept for a week").into())
}

fn delivery(row: &OutboxRow) -> Delivery {
    let state = match row.progress {
        Progress::Ready => DeliveryState::Ready,
        Progress::Waiting => DeliveryState::Waiting,
        Progress::Delivered => DeliveryState::Delivered,
        Progress::Expired => DeliveryState::Expired,
    };
    Delivery {
        event_id: row.event_id.clone(),
        event_type: row.event_type.clone(),
        next_attempt_time: (row.progress == Progress::Waiting).then_some(Millis(row.due_at)),
        state,
        create_time: Millis(row.created_at),
        failed_attempts: row.attempts,
        ..Delivery::default()
    }
}
