use larkspur_api::{
    content::Content,
    endpoint::Empty,
    im::v1::message::{MsgType, patch::Request},
};
use larkspur_domain::{Result, content, message::patch::patch};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    if let Content::Interactive(card) = content::parse(&MsgType::Interactive, &request.content)? {
        call.write(move |tx, context, caller| patch(tx, context, caller, request.message_id.as_str(), &card))
            .await?;
    }
    Ok(Empty {})
}
