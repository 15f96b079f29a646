use larkspur_api::cardkit::v1::card::{Card, create::Request};
use larkspur_domain::{Result, card_entity};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Card> {
    call.write(move |tx, context, caller| card_entity::create(tx, context, caller, &request)).await
}
