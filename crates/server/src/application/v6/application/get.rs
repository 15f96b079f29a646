use larkspur_api::application::v6::application::get::{Request, Response};
use larkspur_domain::{Result, application};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let app =
        call.read(move |view, context, caller| application::get(view, context, caller, &request)).await?;
    Ok(Response { app, ..Response::default() })
}
