use larkspur_api::act::react::{Request, Response};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| act::message::react(tx, context, &request)).await
}
