use larkspur_api::deliveries::{Delivery, show::Request};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Delivery> {
    call.look(move |view, _| console::delivered(view, &request.event_id)).await
}
