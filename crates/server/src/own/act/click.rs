use larkspur_api::act::click::{Request, Response};
use larkspur_domain::{Result, act::card};

use super::ask_about_card;
use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let question = call.change(move |tx, context| card::press(tx, context, &request)).await?;
    let (answer, effect) = ask_about_card(&call, question).await?;
    let card_updated = effect.card_updated;
    Ok(Response { answer, toast: effect.toast, card_updated, ..Response::default() })
}
