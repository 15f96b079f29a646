use larkspur_api::platform::app::list::{Request, Response};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    call.look(console::list).await
}
