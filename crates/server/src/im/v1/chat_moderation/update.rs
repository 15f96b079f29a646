use larkspur_api::{endpoint::Empty, im::v1::chat_moderation::update::Request};
use larkspur_domain::{Result, chat::moderation};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| moderation::update(tx, context, caller, &request)).await?;
    Ok(Empty {})
}
