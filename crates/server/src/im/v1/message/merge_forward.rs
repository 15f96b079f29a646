use larkspur_api::im::v1::message::merge_forward::{Request, Response};
use larkspur_domain::{
    Result,
    message::forward::{Target, merge},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, context, caller| {
        let target = Target {
            receive_id_type: request.receive_id_type,
            receive_id: request.receive_id,
            uuid: request.uuid,
        };
        merge(tx, context, caller, &request.message_id_list, &target)
    })
    .await
}
