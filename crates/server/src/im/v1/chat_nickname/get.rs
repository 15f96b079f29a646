use larkspur_api::im::v1::chat_nickname::get::{Request, Response};
use larkspur_domain::{Result, chat::nickname};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| nickname::get(view, caller, request.chat_id.as_str())).await
}
