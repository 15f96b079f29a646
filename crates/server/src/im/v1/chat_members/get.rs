use larkspur_api::im::v1::chat_members::get::{Request, Response};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| member::list_users(view, caller, &request)).await
}
