use larkspur_api::im::v1::message_reaction::list::{Request, Response};
use larkspur_domain::{Result, message::reaction::list};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| list(view, context, caller, &request)).await
}
