use larkspur_api::im::v1::message::get::{Request, Response};
use larkspur_domain::{
    Result,
    message::{Form, read},
};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, context, caller| {
        let form = Form {
            user_id_type: request.user_id_type,
            raw_cards: request.card_msg_content_type.is_some(),
            sender_name: request.with_sender_name.unwrap_or_default(),
            tell_recalled: false,
        };
        let items = read::get(view, context, caller, request.message_id.as_str(), &form)?;
        Ok(Response { items, ..Response::default() })
    })
    .await
}
