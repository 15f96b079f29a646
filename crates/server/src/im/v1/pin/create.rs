use larkspur_api::im::v1::pin::create::{Request, Response};
use larkspur_domain::{Result, message::pin::create};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, context, caller| {
        let pin = create(tx, context, caller, request.message_id.as_str())?;
        Ok(Response { pin, ..Response::default() })
    })
    .await
}
