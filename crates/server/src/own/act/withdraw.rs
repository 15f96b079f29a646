use larkspur_api::{act::withdraw::Request, endpoint::Empty};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.change(move |tx, context| act::chat::withdraw(tx, context, &request)).await?;
    Ok(Empty {})
}
