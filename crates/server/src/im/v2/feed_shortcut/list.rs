use larkspur_api::im::v2::feed_shortcut::list::{Request, Response};
use larkspur_domain::{Result, chat::feed_shortcut};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| feed_shortcut::list(view, caller, request.page_token.as_deref())).await
}
