use larkspur_api::im::v1::chat::{Chat, create::Request};
use larkspur_domain::{Result, chat::create::create};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Chat> {
    call.write(move |tx, context, caller| create(tx, context, caller, &request)).await
}
