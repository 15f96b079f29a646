use larkspur_api::contact::v3::user::get::{Request, Response};
use larkspur_domain::{Result, contact};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| {
        let user = contact::get(
            view,
            context,
            caller,
            &request.user_id_type.unwrap_or_default(),
            &request.user_id,
            &request.department_id_type.unwrap_or_default(),
        )?;
        Ok(Response { user, ..Response::default() })
    })
    .await
}
