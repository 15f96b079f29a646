use larkspur_api::search::v1::user::list::{Request, Response};
use larkspur_domain::{Result, contact::search};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| search::users(view, context, caller, &request)).await
}
