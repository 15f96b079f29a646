use larkspur_api::platform::user::token::{Request, Response};
use larkspur_domain::{Result, console::user};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| user::token(tx, context, &request)).await
}
