use larkspur_api::{endpoint::Empty, im::v1::chat::delete::Request};
use larkspur_domain::{Result, chat::delete::delete};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| delete(tx, context, caller, request.chat_id.as_str())).await?;
    Ok(Empty {})
}
