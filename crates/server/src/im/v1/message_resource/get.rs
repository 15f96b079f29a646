use larkspur_api::im::v1::message_resource::get::Request;
use larkspur_domain::{
    Result,
    resource::{Download, in_message},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Download> {
    call.read(move |view, _, caller| {
        in_message(view, caller, request.message_id.as_str(), &request.file_key, &request.r#type)
    })
    .await
}
