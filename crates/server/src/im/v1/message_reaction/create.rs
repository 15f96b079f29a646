use larkspur_api::im::v1::message_reaction::{MessageReaction, create::Request};
use larkspur_domain::{Result, message::reaction::create};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<MessageReaction> {
    call.write(move |tx, context, caller| {
        create(tx, context, caller, request.message_id.as_str(), &request.reaction_type.emoji_type)
    })
    .await
}
