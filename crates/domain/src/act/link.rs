//! A user sees a link, and the app that previews it is asked.

use larkspur_api::{
    act::open_link::Request,
    event::{
        Envelope,
        callback::{Context as Place, Host},
        url::preview::get,
    },
};
use larkspur_store::View;

use super::{bot, card::operator, person};
use crate::{Context, Result, act::card::listens, event, message};

/// What the app is asked. Gives its row with it.
pub fn question(view: &View<'_>, context: &Context, request: &Request) -> Result<(i64, Envelope)> {
    let by = person(view, context, &request.user)?;
    let app = bot(context, &by, request.app_id.as_ref().map(|id| id.as_str()))?;
    listens::<get::Event>(&app)?;
    let mut place =
        Place { url: Some(request.url.clone()), preview_token: Some(context.hex(32)), ..Place::default() };
    if let Some(message_id) = &request.message_id {
        let row = message::find(view, &by.caller, message_id.as_str())?;
        let chat = view.chat_by_row(row.chat)?;
        place.open_message_id = Some(message_id.clone());
        place.open_chat_id = chat.map(|chat| chat.chat_id.into());
    }
    let body = get::Event {
        operator: operator(view, &app, &by.user)?,
        host: Some(Host::ImMessage),
        context: place,
        ..get::Event::default()
    };
    Ok((app.row.id, event::envelope(context, &app, &body)))
}
