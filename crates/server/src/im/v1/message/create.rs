use larkspur_api::im::v1::message::{Message, create::Request};
use larkspur_domain::{
    Result, content,
    message::send::{Draft, send},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Message> {
    let content = content::parse(&request.msg_type, &request.content)?;
    call.write(move |tx, context, caller| {
        let draft = Draft { content, uuid: request.uuid };
        send(tx, context, caller, &request.receive_id_type, &request.receive_id, &draft)
    })
    .await
}
