use larkspur_api::{endpoint::Empty, im::v1::chat_nickname::update::Request};
use larkspur_domain::{Result, chat::nickname};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, _, caller| {
        nickname::set(tx, caller, request.chat_id.as_str(), Some(&request.nickname))
    })
    .await?;
    Ok(Empty {})
}
