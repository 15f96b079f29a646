use larkspur_api::im::v1::message_resource::get::Request;
use larkspur_domain::{
    Result,
    resource::{Download, in_message},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Download> {
    call.read(move |view, context, caller| {
        in_message(view, context, caller, request.message_id.as_str(), &request.file_key, &request.r#type)
    })
    .await
}
