use larkspur_api::{act::pin::Request, endpoint::Empty};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.change(move |tx, context| act::message::pin(tx, context, &request.user, &request.message_id))
        .await?;
    Ok(Empty {})
}
