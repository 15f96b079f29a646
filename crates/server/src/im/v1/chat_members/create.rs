use larkspur_api::im::v1::chat_members::create::{Request, Response};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, context, caller| member::add(tx, context, caller, &request)).await
}
