use larkspur_api::contact::v3::user::find_by_department::{Request, Response};
use larkspur_domain::{Result, contact::department};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| department::users(view, context, caller, &request)).await
}
