use larkspur_api::im::v1::pin::list::{Request, Response};
use larkspur_domain::{Result, message::pin::list};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| list(view, context, caller, &request)).await
}
