use larkspur_api::im::v1::chat_managers::{Managers, add_managers::Request};
use larkspur_domain::{Result, chat::managers};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Managers> {
    call.write(move |tx, context, caller| managers::add(tx, context, caller, &request)).await
}
