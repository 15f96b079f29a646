use larkspur_api::im::v1::chat_members::bots::{Request, Response};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| member::bots(view, context, caller, &request)).await
}
