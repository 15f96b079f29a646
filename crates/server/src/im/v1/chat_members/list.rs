use larkspur_api::im::v1::chat_members::list::{Request, Response};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| member::list_all(view, context, caller, &request)).await
}
