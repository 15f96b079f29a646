use larkspur_api::im::v1::chat_user_setting::batch_update::{Request, Response};
use larkspur_domain::{Result, chat::user_setting};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, _, caller| user_setting::update(tx, caller, &request)).await
}
