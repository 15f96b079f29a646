use larkspur_api::contact::v3::department::batch::{Request, Response};
use larkspur_domain::{Result, contact::department};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| department::batch(view, caller, &request)).await
}
