use larkspur_api::act::open_link::{Request, Response};
use larkspur_domain::{Result, act::link};

use super::ask;
use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let (app, envelope) = call.change(move |tx, context| link::question(tx, context, &request)).await?;
    let answer = ask(&call, app, &envelope).await?;
    Ok(Response { answer: answer.into(), ..Response::default() })
}
