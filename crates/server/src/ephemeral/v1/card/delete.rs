use larkspur_api::{endpoint::Empty, ephemeral::v1::card::delete::Request};
use larkspur_domain::{Result, message::ephemeral::delete};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| delete(tx, context, caller, request.message_id.as_str())).await?;
    Ok(Empty {})
}
