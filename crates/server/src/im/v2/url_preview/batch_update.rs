use larkspur_api::{endpoint::Empty, im::v2::url_preview::batch_update::Request};
use larkspur_domain::{Result, url_preview::batch_update};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| batch_update(tx, context, caller, &request)).await?;
    Ok(Empty {})
}
