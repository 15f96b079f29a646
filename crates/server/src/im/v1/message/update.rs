use larkspur_api::{
    code::message,
    im::v1::message::{Message, MsgType, update::Request},
};
use larkspur_domain::{Result, content, message::update::update};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Message> {
    if !matches!(request.msg_type, MsgType::Text | MsgType::Post) {
        return Err(message::INVALID_PARAM.because("invalid msg_type").into());
    }
    let content = content::parse(&request.msg_type, &request.content)?;
    call.write(move |tx, context, caller| update(tx, context, caller, request.message_id.as_str(), &content))
        .await
}
