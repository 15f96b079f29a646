use larkspur_api::{cardkit::v1::card_element::patch::Request, endpoint::Empty};
use larkspur_domain::{Result, card_entity::element};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| element::patch(tx, context, caller, &request)).await?;
    Ok(Empty {})
}
