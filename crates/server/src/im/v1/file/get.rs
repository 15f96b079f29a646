use larkspur_api::im::v1::file::get::Request;
use larkspur_domain::{
    Result,
    resource::{Download, own_file},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Download> {
    call.read(move |view, context, caller| own_file(view, context, caller, request.file_key.as_str())).await
}
