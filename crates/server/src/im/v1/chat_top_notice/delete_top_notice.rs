use larkspur_api::{endpoint::Empty, im::v1::chat_top_notice::delete_top_notice::Request};
use larkspur_domain::{Result, chat::top_notice};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    call.write(move |tx, _, caller| top_notice::delete(tx, caller, request.chat_id.as_str())).await?;
    Ok(Empty {})
}
