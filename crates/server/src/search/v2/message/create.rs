use larkspur_api::search::v2::message::create::{Request, Response};
use larkspur_domain::{Result, message::search::search_v2};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| search_v2(view, context, caller, &request)).await
}
