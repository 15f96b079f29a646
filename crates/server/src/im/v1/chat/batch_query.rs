use larkspur_api::im::v1::chat::batch_query::{Request, Response};
use larkspur_domain::{Result, chat::list::batch};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| batch(view, context, caller, &request)).await
}
