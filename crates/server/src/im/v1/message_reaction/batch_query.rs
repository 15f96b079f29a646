use larkspur_api::im::v1::message_reaction::batch_query::{Request, Response};
use larkspur_domain::{Result, message::reaction::batch_query};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| batch_query(view, context, caller, &request)).await
}
