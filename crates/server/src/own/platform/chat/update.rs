use larkspur_api::platform::chat::{Nature, update::Request};
use larkspur_domain::{Result, chat::nature};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Nature> {
    call.change(move |tx, _| nature::update(tx, &request)).await
}
