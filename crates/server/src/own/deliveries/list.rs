use larkspur_api::deliveries::list::{Request, Response};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.look(move |view, context| console::deliveries(view, context, &request)).await
}
