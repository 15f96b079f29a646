use larkspur_api::im::v1::chat_user_setting::batch_query::{Request, Response};
use larkspur_domain::{Result, chat::user_setting};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| user_setting::query(view, caller, &request)).await
}
