use larkspur_api::{endpoint::Empty, im::v1::chat::update::Request};
use larkspur_domain::{Result, chat::update::update};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| update(tx, context, caller, &request)).await?;
    Ok(Empty {})
}
