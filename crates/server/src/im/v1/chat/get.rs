use larkspur_api::im::v1::chat::{Chat, get::Request};
use larkspur_domain::{Result, chat::read::get};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Chat> {
    call.read(move |view, context, caller| {
        get(view, context, caller, request.chat_id.as_str(), &request.user_id_type.unwrap_or_default())
    })
    .await
}
