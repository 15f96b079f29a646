use larkspur_api::platform::connection::delete::{Request, Response};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let app = console::find(&call.state.context, request.app_id.as_str())?;
    let count = call.state.delivery.kick(app.row.id, request.device_id).await;
    Ok(Response { count: i64::try_from(count).unwrap_or(i64::MAX), ..Response::default() })
}
