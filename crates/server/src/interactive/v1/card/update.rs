use larkspur_api::{endpoint::Empty, interactive::v1::card::update::Request};
use larkspur_domain::{Result, card::update};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| update(tx, context, caller, &request.token, &request.card)).await?;
    Ok(Empty {})
}
