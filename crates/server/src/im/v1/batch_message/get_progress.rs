use larkspur_api::im::v1::batch_message::get_progress::{Request, Response};
use larkspur_domain::{Result, message::batch::progress};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| progress(view, context, caller, &request.batch_message_id)).await
}
