use larkspur_api::im::v1::message::read_status::{Request, Response};
use larkspur_domain::{Result, message::read_mark::status};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| status(view, caller, &request.message_ids)).await
}
