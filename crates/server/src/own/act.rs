//! `act`: what users do, on this machine alone.

mod authorize;
mod click;
mod edit;
mod enter;
mod forward;
mod join;
mod leave;
mod menu;
mod open_link;
mod pin;
mod react;
mod read;
mod recall;
mod reply;
mod send;
mod submit;
mod unpin;
mod unreact;
mod withdraw;

use larkspur_api::event::Envelope;
use larkspur_domain::{
    Failure, Result,
    act::card::{self, Effect, Question},
};
use serde_json::{Map, Value};

use super::refused;
use crate::{Call, route::Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .endpoint(authorize::handle)
        .endpoint(click::handle)
        .endpoint(edit::handle)
        .endpoint(enter::handle)
        .endpoint(forward::handle)
        .endpoint(join::handle)
        .endpoint(leave::handle)
        .endpoint(menu::handle)
        .endpoint(open_link::handle)
        .endpoint(pin::handle)
        .endpoint(react::handle)
        .endpoint(read::handle)
        .endpoint(recall::handle)
        .endpoint(reply::handle)
        .endpoint(send::handle)
        .endpoint(submit::handle)
        .endpoint(unpin::handle)
        .endpoint(unreact::handle)
        .endpoint(withdraw::handle)
}

/// Asks an app.
async fn ask(call: &Call, app: i64, envelope: &Envelope) -> Result<Map<String, Value>> {
    match call.state.delivery.ask(app, envelope).await {
        Ok(answer) => Ok(answer.body),
        Err(no_answer) => Err(refused(&no_answer)),
    }
}

/// Asks an app about a card, and does what it answers.
async fn ask_about_card(call: &Call, question: Question) -> Result<(Value, Effect)> {
    let answer = ask(call, question.app, &question.envelope).await?;
    let body = Value::Object(answer.clone());
    let effect = call.change(move |tx, context| card::apply(tx, context, &question, &answer)).await?;
    Ok::<_, Failure>((body, effect))
}
