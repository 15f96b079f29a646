use larkspur_api::im::v1::chat_p2p::batch_query::{Request, Response};
use larkspur_domain::{Result, chat::list::p2p};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| p2p(view, context, caller, &request)).await
}
