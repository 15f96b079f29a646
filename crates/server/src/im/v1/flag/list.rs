use larkspur_api::im::v1::flag::list::{Request, Response};
use larkspur_domain::{Result, message::flag};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| flag::list(view, context, caller, &request)).await
}
