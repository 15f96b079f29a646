use larkspur_api::{cardkit::v1::card::update::Request, endpoint::Empty};
use larkspur_domain::{Result, card_entity};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| card_entity::update(tx, context, caller, &request)).await?;
    Ok(Empty {})
}
