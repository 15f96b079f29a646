use larkspur_api::platform::card_template::{CardTemplate, create::Request};
use larkspur_domain::{Result, console::card_template};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<CardTemplate> {
    call.change(move |tx, context| card_template::create(tx, context, &request)).await
}
