use larkspur_api::contact::v3::user::basic_batch::{Request, Response};
use larkspur_domain::{Result, contact};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| {
        let users =
            contact::names(view, caller, &request.user_id_type.unwrap_or_default(), &request.user_ids)?;
        Ok(Response { users, ..Response::default() })
    })
    .await
}
