use larkspur_api::{endpoint::Empty, im::v1::flag::create::Request};
use larkspur_domain::{Result, message::flag};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, context, caller| flag::create(tx, context, caller, &request.flag_items)).await?;
    Ok(Empty {})
}
