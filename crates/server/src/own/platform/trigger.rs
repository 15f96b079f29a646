use larkspur_api::{
    event::Kind,
    platform::trigger::{Request, Response},
};
use larkspur_domain::{Result, console};

use crate::{Call, own::refused};

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let (app, kind, envelope) = console::example(&call.state.context, &request)?;
    let event_id = envelope.header.event_id.clone();
    let answer = match kind {
        Kind::Event => {
            call.change(move |tx, context| console::put(tx, context, &app, &envelope)).await?;
            None
        }
        Kind::Callback => {
            let answer = call.state.delivery.ask(app.row.id, &envelope).await;
            Some(answer.map_err(|no_answer| refused(&no_answer))?.body.into())
        }
    };
    Ok(Response { event_id, answer, ..Response::default() })
}
