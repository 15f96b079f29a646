use larkspur_api::ephemeral::v1::card::send::{Request, Response};
use larkspur_domain::{Result, message::ephemeral::send};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, context, caller| {
        let row = send(tx, context, caller, &request)?;
        Ok(Response { message_id: row.message_id.into(), ..Response::default() })
    })
    .await
}
