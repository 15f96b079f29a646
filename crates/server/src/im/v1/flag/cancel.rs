use larkspur_api::{endpoint::Empty, im::v1::flag::cancel::Request};
use larkspur_domain::{Result, message::flag};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| flag::cancel(tx, context, caller, &request.flag_items)).await?;
    Ok(Empty {})
}
