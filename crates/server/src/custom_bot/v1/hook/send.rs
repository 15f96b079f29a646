use larkspur_api::custom_bot::v1::hook::send::{Request, Response};
use larkspur_domain::{Result, hook::send_old};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| send_old(tx, context, &request)).await?;
    Ok(Response { ok: true, ..Response::default() })
}
