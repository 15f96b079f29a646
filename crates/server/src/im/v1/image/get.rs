use larkspur_api::im::v1::image::get::Request;
use larkspur_domain::{
    Result,
    resource::{Download, own_image},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Download> {
    call.read(move |view, context, caller| own_image(view, context, caller, request.image_key.as_str())).await
}
