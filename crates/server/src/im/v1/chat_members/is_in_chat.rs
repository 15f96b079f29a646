use larkspur_api::im::v1::chat_members::is_in_chat::{Request, Response};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let is_in_chat =
        call.read(move |view, _, caller| member::is_in_chat(view, caller, request.chat_id.as_str())).await?;
    Ok(Response { is_in_chat, ..Response::default() })
}
