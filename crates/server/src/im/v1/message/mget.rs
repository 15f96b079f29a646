use larkspur_api::im::v1::message::mget::{Request, Response};
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
            ..Form::default()
        };
        let message_ids: Vec<String> = request.message_ids.into_iter().map(Into::into).collect();
        let items = read::mget(view, context, caller, &message_ids, &form)?;
        Ok(Response { items, ..Response::default() })
    })
    .await
}
