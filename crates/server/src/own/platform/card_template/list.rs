use larkspur_api::platform::card_template::list::{Request, Response};
use larkspur_domain::{Result, console::card_template};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.look(move |view, context| card_template::list(view, context, &request)).await
}
