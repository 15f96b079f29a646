//! Events and callbacks: what the platform tells an app, and what an app answers.
//!
//! An event is a fact: it may arrive late, twice or out of order, and its answer is not read. A
//! callback is a question: a user waits for the answer, which must come within 3 s, and it is
//! asked once. Both arrive in an [`Envelope`], at a URL or over a long connection.
//!
//! The module tree is the name on the wire: [`im::message::receive_v1`] is `im.message.receive_v1`.
//!
//! Sources: `/ukTMukTMukTM/uUTNz4SN1MjL1UzM` (events) and
//! `/uAjLw4CM/ukTMukTMukTM/event-subscription-guide/callback-subscription/callback-overview` (callbacks).

pub mod app_ticket;
pub mod application;
pub mod auth;
pub mod callback;
pub mod card;
pub mod contact;
mod envelope;
pub mod im;
pub mod p2p_chat_create;
pub mod url;
pub mod v1;

use larkspur_api_macros::object;
use serde_json::Value;

pub use self::envelope::{DecodeError, Envelope, EnvelopeError, Header, Incoming};
use crate::{
    endpoint::{Field, Object, RoundTrips, Scopes},
    id::{OpenId, UnionId, UserId},
};

/// Something the platform tells an app: the type is the body, [`META`](Event::META) is all else.
pub trait Event: Object {
    /// The facts of its documentation page.
    const META: &'static EventMeta;
}

/// An event that wants an answer within 3 s.
///
/// The answer is the body of a response with status 200, or the `data` of a long connection's
/// acknowledgement. The default one, `{}`, leaves everything as it is.
pub trait Callback: Event {
    /// What the receiver answers with.
    type Answer: Object + Default;
}

/// The facts of an event's documentation page.
pub struct EventMeta {
    /// `im.message.receive_v1`, as it stands on the wire.
    pub event_type: &'static str,
    /// Whether it wants an answer.
    pub kind: Kind,
    /// The form of its envelope.
    pub schema: Schema,
    /// What an app needs to subscribe to it.
    pub scopes: Scopes,
    /// Which apps get it.
    pub apps: Apps,
    /// Whether it is sent without a subscription.
    pub auto_subscribed: bool,
    /// Whether it is sent over long connections too. If not, it goes to a URL only.
    pub long_connection: bool,
    /// The documentation page below the site's `/document`.
    pub doc: &'static str,
    /// The doc comment: one line, then details.
    pub about: &'static str,
    /// The fields of what stands under `event`.
    pub fields: &'static [Field],
    /// The fields of the answer, if it wants one.
    pub answer: Option<&'static [Field]>,
    /// The documented body, envelope included.
    pub example: &'static str,
}

impl EventMeta {
    /// The first line of the doc comment.
    pub fn summary(&self) -> &'static str {
        self.about.lines().next().unwrap_or_default()
    }
}

/// Whether an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// No. If it is not taken it comes again: after 15 s, 5 min, 1 h and 6 h.
    Event,
    /// Yes, within 3 s. It never comes again.
    Callback,
}

/// The form of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Schema {
    /// `{"ts","uuid","token","type":"event_callback","event":{"type",…}}`
    V1,
    /// `{"schema":"2.0","header":{…},"event":{…}}`
    V2,
    /// None: the body is the event. The old card callback alone comes so.
    Legacy,
}

/// Which apps get an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Apps {
    /// All.
    All,
    /// Those that a tenant made for itself.
    Custom,
    /// Those from the store.
    Isv,
}

/// The three names of a user.
///
/// Source: `/home/user-identity-introduction/introduction`.
#[object]
pub struct UserIds {
    /// The user across the apps of this app's developer.
    pub union_id: Option<UnionId>,
    /// The user within its tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
    /// The user within this app.
    pub open_id: OpenId,
}

/// An entry of the registry.
pub struct Registered {
    /// The event's facts.
    pub meta: &'static EventMeta,
    /// Reads what stands under `event` as this event's type and writes it again.
    pub round_trip: fn(&Value) -> serde_json::Result<Value>,
    /// The same for the answer, if it wants one.
    pub answer_round_trip: Option<fn(&Value) -> serde_json::Result<Value>>,
}

inventory::collect!(Registered);

impl Registered {
    /// The entry of an event.
    pub const fn event<E: Event>() -> Self {
        Self { meta: E::META, round_trip: <E as RoundTrips>::round_trip, answer_round_trip: None }
    }

    /// The entry of a callback.
    pub const fn callback<E: Callback>() -> Self {
        Self { answer_round_trip: Some(<E::Answer as RoundTrips>::round_trip), ..Self::event::<E>() }
    }
}

/// Every event and callback of the contract, by type.
pub fn registry() -> Vec<&'static Registered> {
    let mut all: Vec<_> = inventory::iter::<Registered>.into_iter().collect();
    all.sort_by_key(|entry| entry.meta.event_type);
    all
}

/// The facts of every event and callback, by type.
pub fn events() -> impl Iterator<Item = &'static EventMeta> {
    registry().into_iter().map(|entry| entry.meta)
}

/// The event or callback of this type.
pub fn find(event_type: &str) -> Option<&'static EventMeta> {
    inventory::iter::<Registered>
        .into_iter()
        .map(|entry| entry.meta)
        .find(|meta| meta.event_type == event_type)
}
