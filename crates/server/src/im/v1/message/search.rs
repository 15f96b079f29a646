use larkspur_api::im::v1::message::search::{Request, Response};
use larkspur_domain::{Result, message::search::search};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| search(view, context, caller, &request)).await
}
