use larkspur_api::{contact::v3::department::unbind_department_chat::Request, endpoint::Empty};
use larkspur_domain::{Result, contact::department};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, _, caller| department::unbind_chat(tx, caller, &request)).await?;
    Ok(Empty {})
}
