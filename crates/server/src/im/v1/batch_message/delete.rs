use larkspur_api::{endpoint::Empty, im::v1::batch_message::delete::Request};
use larkspur_domain::{Result, message::batch::recall};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| recall(tx, context, caller, &request.batch_message_id)).await?;
    Ok(Empty {})
}
