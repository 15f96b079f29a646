use larkspur_api::cardkit::v1::card::{Card, id_convert::Request};
use larkspur_domain::{Result, card_entity};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Card> {
    call.write(move |tx, context, caller| card_entity::id_convert(tx, context, caller, &request)).await
}
