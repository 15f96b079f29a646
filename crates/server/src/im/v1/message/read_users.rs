use larkspur_api::im::v1::message::read_users::{Request, Response};
use larkspur_domain::{Result, message::read_mark::readers};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| readers(view, context, caller, &request)).await
}
