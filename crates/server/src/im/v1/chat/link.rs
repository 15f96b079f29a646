use larkspur_api::im::v1::chat::link::{Request, Response};
use larkspur_domain::{Result, chat::link::link};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| link(view, context, caller, &request)).await
}
