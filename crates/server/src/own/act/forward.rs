use larkspur_api::act::forward::{Request, Response};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| act::message::forward(tx, context, &request)).await
}
