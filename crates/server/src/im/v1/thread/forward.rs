use larkspur_api::im::v1::{message::Message, thread::forward::Request};
use larkspur_domain::{
    Result,
    message::forward::{Target, forward_thread},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Message> {
    call.write(move |tx, context, caller| {
        let target = Target {
            receive_id_type: request.receive_id_type,
            receive_id: request.receive_id,
            uuid: request.uuid,
        };
        forward_thread(tx, context, caller, request.thread_id.as_str(), &target)
    })
    .await
}
