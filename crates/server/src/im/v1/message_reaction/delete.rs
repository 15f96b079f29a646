use larkspur_api::im::v1::message_reaction::{MessageReaction, delete::Request};
use larkspur_domain::{Result, message::reaction::delete};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<MessageReaction> {
    call.write(move |tx, context, caller| {
        delete(tx, context, caller, request.message_id.as_str(), &request.reaction_id)
    })
    .await
}
