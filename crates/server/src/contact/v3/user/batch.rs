use larkspur_api::contact::v3::user::batch::{Request, Response};
use larkspur_domain::{Result, contact};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| {
        let items = contact::batch(
            view,
            context,
            caller,
            &request.user_id_type.unwrap_or_default(),
            &request.user_ids,
            &request.department_id_type.unwrap_or_default(),
        )?;
        Ok(Response { items, ..Response::default() })
    })
    .await
}
