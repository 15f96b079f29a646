use larkspur_api::message::v4::batch_send::create::{Request, Response};
use larkspur_domain::{Result, message::batch::send};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, context, caller| send(tx, context, caller, &request)).await
}
