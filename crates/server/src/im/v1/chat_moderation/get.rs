use larkspur_api::im::v1::chat_moderation::get::{Request, Response};
use larkspur_domain::{Result, chat::moderation};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| moderation::get(view, caller, &request)).await
}
