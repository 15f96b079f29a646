use larkspur_api::{endpoint::Empty, im::v1::message::push_follow_up::Request};
use larkspur_domain::{Result, message::follow_up::push};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| {
        push(tx, context, caller, request.message_id.as_str(), &request.follow_ups)
    })
    .await?;
    Ok(Empty {})
}
