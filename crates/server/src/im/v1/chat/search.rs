use larkspur_api::im::v1::chat::search::{Request, Response};
use larkspur_domain::{Result, chat::search::search};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| search(view, context, caller, &request)).await
}
