use larkspur_api::act::enter::{Request, Response};
use larkspur_domain::{Result, act};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let app_id = request.app_id.map(String::from);
    let entered =
        call.change(move |tx, context| act::chat::enter(tx, context, &request.user, app_id.as_deref()));
    Ok(Response { chat_id: entered.await?, ..Response::default() })
}
