use larkspur_api::{act::leave::Request, endpoint::Empty};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.change(move |tx, context| act::chat::leave(tx, context, &request.user, &request.chat_id)).await?;
    Ok(Empty {})
}
