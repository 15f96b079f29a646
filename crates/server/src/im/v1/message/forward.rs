use larkspur_api::im::v1::message::{Message, forward::Request};
use larkspur_domain::{
    Result,
    message::forward::{Target, forward},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Message> {
    call.write(move |tx, context, caller| {
        let target = Target {
            receive_id_type: request.receive_id_type,
            receive_id: request.receive_id,
            uuid: request.uuid,
        };
        forward(tx, context, caller, request.message_id.as_str(), &target)
    })
    .await
}
