use larkspur_api::event::v1::outbound_ip::list::{Request, Response};
use larkspur_domain::{Result, application};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    application::outbound_ip(&call.state.context, &request)
}
