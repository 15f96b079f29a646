use larkspur_api::bot::v4::bot::search::{Request, Response};
use larkspur_domain::{Result, contact::search};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| search::bots(view, context, caller, &request)).await
}
