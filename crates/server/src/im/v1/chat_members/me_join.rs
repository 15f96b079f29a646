use larkspur_api::{endpoint::Empty, im::v1::chat_members::me_join::Request};
use larkspur_domain::{Result, member};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| member::join(tx, context, caller, request.chat_id.as_str()))
        .await?;
    Ok(Empty {})
}
