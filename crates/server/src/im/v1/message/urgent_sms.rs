use larkspur_api::im::v1::message::{Urged, urgent_sms::Request};
use larkspur_domain::{
    Result,
    message::urgent::{Means, urge},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Urged> {
    call.write(move |tx, context, caller| {
        let message_id = request.message_id.as_str();
        urge(tx, context, caller, Means::Sms, message_id, &request.user_id_type, &request.user_id_list)
    })
    .await
}
