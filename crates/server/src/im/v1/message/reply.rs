use larkspur_api::im::v1::message::{Message, reply::Request};
use larkspur_domain::{
    Result, content,
    message::{reply::reply, send::Draft},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Message> {
    let content = content::parse(&request.msg_type, &request.content)?;
    call.write(move |tx, context, caller| {
        let draft = Draft { content, uuid: request.uuid };
        let in_thread = request.reply_in_thread.unwrap_or_default();
        reply(tx, context, caller, request.message_id.as_str(), in_thread, &draft)
    })
    .await
}
