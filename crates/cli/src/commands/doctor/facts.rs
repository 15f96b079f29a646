//! What stands in the developer console, as far as a platform tells.

use larkspur::wire::{Body, Wire};
use larkspur_api::{
    endpoint::{Meta, Method, NO_SCOPE},
    event::Kind,
    platform::app::{self, App, Mode},
};
use serde_json::Value;

use super::{Patient, Way};
use crate::{commands::api::UNKNOWN, settings};

/// How events, or callbacks, reach an app, and which.
#[derive(Clone, Debug)]
pub(super) struct Subscription {
    pub(super) way: Option<Way>,
    pub(super) url: Option<String>,
    pub(super) names: Vec<String>,
}

/// What is known of an app.
#[derive(Default)]
pub(super) struct Facts {
    /// Whether the platform is a local one, which tells and lets change everything.
    pub(super) is_local: bool,
    pub(super) name: Option<String>,
    /// The app's `activate_status`, on a local platform.
    pub(super) activate_status: Option<i64>,
    /// Whether its tenant uses it.
    pub(super) in_use: Option<bool>,
    pub(super) has_bot: Option<bool>,
    pub(super) scopes: Option<Vec<String>>,
    /// Who may use it, by `open_id`; nothing inside stands for everyone.
    pub(super) availability: Option<Option<Vec<String>>>,
    pub(super) events: Option<Subscription>,
    pub(super) callbacks: Option<Subscription>,
}

impl Facts {
    /// Asks a local platform, or what the public API has.
    pub(super) async fn gather(patient: &Patient, is_admitted: bool) -> Self {
        if !settings::is_production(patient.client.base_url()) {
            let request = app::get::Request { app_id: patient.app_id.as_str().into() };
            if let Ok(app) = patient.within(async { Ok(patient.client.send(request).await?) }).await {
                return Self::of_local(app);
            }
        }
        if is_admitted { Self::public(patient).await.unwrap_or_default() } else { Self::default() }
    }

    fn of_local(app: App) -> Self {
        let way = |mode: &Mode| match mode {
            Mode::LongConnection => Some(Way::LongConnection),
            Mode::Webhook => Some(Way::Webhook),
            Mode::Other(_) => None,
        };
        let events =
            Subscription { way: way(&app.event_mode), url: app.request_url.clone(), names: app.events };
        let callbacks =
            Subscription { way: way(&app.callback_mode), url: app.callback_url, names: app.callbacks };
        let names = |list: Vec<larkspur::id::OpenId>| list.iter().map(|id| id.as_str().to_owned()).collect();
        Self {
            is_local: true,
            name: Some(app.name),
            activate_status: Some(app.activate_status),
            in_use: Some(app.activate_status == 2),
            has_bot: Some(app.bot),
            scopes: Some(app.scopes),
            availability: Some(app.availability.map(names)),
            events: Some(events),
            callbacks: Some(callbacks),
        }
    }

    /// `GET /open-apis/application/v6/applications/:app_id`, which needs a scope and is not everywhere.
    async fn public(patient: &Patient) -> Option<Self> {
        static ENDPOINT: Meta = Meta { method: Method::GET, tenant: Some(NO_SCOPE), write: false, ..UNKNOWN };
        let wire = Wire {
            method: ENDPOINT.method,
            path: format!("/open-apis/application/v6/applications/{}", patient.app_id),
            query: vec![("lang".to_owned(), "zh_cn".to_owned())],
            body: Body::None,
        };
        let asked = async { Ok(patient.client.call(&ENDPOINT, wire, None).await?) };
        let mut data = patient.within(asked).await.ok()?.data;
        Some(Self::of_public(&data.get_mut("app")?.take()))
    }

    fn of_public(app: &Value) -> Self {
        let text = |at: &Value, name: &str| at.get(name).and_then(Value::as_str).map(str::to_owned);
        let list = |at: &Value| -> Option<Vec<String>> {
            Some(at.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        };
        let subscription = |at: Option<&Value>, kind: &str, names: &str| {
            let at = at.filter(|at| at.is_object())?;
            let way = match text(at, kind).as_deref() {
                Some("websocket") => Some(Way::LongConnection),
                Some("webhook") => Some(Way::Webhook),
                _ => None,
            };
            let url = text(at, "request_url").filter(|url| !url.is_empty());
            Some(Subscription { way, url, names: at.get(names).and_then(list).unwrap_or_default() })
        };
        let scopes = app.get("scopes").and_then(Value::as_array).map(|scopes| {
            let of_bot = |one: &&Value| {
                one.get("token_types")
                    .and_then(list)
                    .is_none_or(|types| types.iter().any(|one| one == "tenant"))
            };
            scopes.iter().filter(of_bot).filter_map(|one| text(one, "scope")).collect()
        });
        let callbacks = app.get("callback_info").or_else(|| app.get("callback"));
        Self {
            name: text(app, "app_name"),
            // 1 is in use, 0 stopped, 2 not yet.
            in_use: app
                .get("status")
                .and_then(Value::as_i64)
                .filter(|status| *status < 3)
                .map(|status| status == 1),
            scopes,
            events: subscription(app.get("event"), "subscription_type", "subscribed_events"),
            callbacks: subscription(callbacks, "callback_type", "subscribed_callbacks"),
            ..Self::default()
        }
    }

    /// How events reach it.
    pub(super) fn event_way(&self) -> Option<Way> {
        self.events.as_ref().and_then(|events| events.way)
    }

    /// Events, or callbacks.
    pub(super) fn of(&self, kind: Kind) -> Option<&Subscription> {
        match kind {
            Kind::Event => self.events.as_ref(),
            Kind::Callback => self.callbacks.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_public_answer_is_read() {
        let facts = Facts::of_public(&json!({
            "app_name": "Bot", "status": 1,
            "scopes": [{"scope": "im:message", "token_types": ["tenant"]}, {"scope": "x", "token_types": ["user"]}],
            "event": {"subscription_type": "webhook", "request_url": "https://x", "subscribed_events": ["a"]},
            "callback_info": {"callback_type": "websocket", "request_url": "", "subscribed_callbacks": []},
        }));
        assert_eq!((facts.in_use, facts.scopes), (Some(true), Some(vec!["im:message".to_owned()])));
        let events = facts.events.expect("events");
        assert_eq!(
            (events.way, events.url.as_deref(), events.names.len()),
            (Some(Way::Webhook), Some("https://x"), 1)
        );
        let callbacks = facts.callbacks.expect("callbacks");
        assert_eq!((callbacks.way, callbacks.url), (Some(Way::LongConnection), None));
    }
}
