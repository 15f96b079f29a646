use larkspur_api::im::v1::batch_message::read_user::{Request, Response};
use larkspur_domain::{Result, message::batch::readers};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| readers(view, context, caller, &request.batch_message_id)).await
}
