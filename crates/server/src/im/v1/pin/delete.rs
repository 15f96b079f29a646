use larkspur_api::{endpoint::Empty, im::v1::pin::delete::Request};
use larkspur_domain::{Result, message::pin::delete};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| delete(tx, context, caller, request.message_id.as_str())).await?;
    Ok(Empty {})
}
