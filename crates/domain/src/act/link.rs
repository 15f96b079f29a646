//! A user sees a link, and the app that previews it is asked.

use larkspur_api::{
    act::open_link::Request,
    event::{
        Envelope,
        callback::{Context as Place, Host},
        url::preview::get,
    },
    id::AppId,
};
use larkspur_store::Tx;

use super::{bot, card::operator, person};
use crate::{Context, Result, act::card::listens, event, message, url_preview};

/// What the app is asked. Gives its row with it.
pub fn question(tx: &Tx<'_>, context: &Context, request: &Request) -> Result<(i64, Envelope)> {
    let by = person(tx, context, &request.user)?;
    let app = bot(context, &by, request.app_id.as_ref().map(AppId::as_str))?;
    listens::<get::Event>(&app)?;
    let row = match &request.message_id {
        Some(message_id) => Some(message::find(tx, &by.caller, message_id.as_str())?),
        None => None,
    };
    let chat = match &row {
        Some(row) => tx.chat_by_row(row.chat)?,
        None => None,
    };
    let place = Place {
        preview_token: Some(url_preview::mint_token(tx, context, &app, row.as_ref(), &request.url)?),
        url: Some(request.url.clone()),
        open_message_id: request.message_id.clone(),
        open_chat_id: chat.map(|chat| chat.chat_id.into()),
        ..Place::default()
    };
    let body = get::Event {
        operator: operator(tx, &app, &by.user)?,
        host: Some(Host::ImMessage),
        context: place,
        ..get::Event::default()
    };
    Ok((app.row.id, event::envelope(context, &app, &body)))
}
