use larkspur_api::{deliveries::resend::Request, endpoint::Empty};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.change(move |tx, context| console::resend(tx, context, &request.event_id)).await?;
    Ok(Empty {})
}
