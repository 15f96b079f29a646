use larkspur_api::act::authorize::{Request, Response};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| act::authorize::authorize(tx, context, &request)).await
}
