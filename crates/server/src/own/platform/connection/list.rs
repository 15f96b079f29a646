use larkspur_api::{
    platform::connection::list::{Connection, Request, Response},
    time::Millis,
};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let app = console::find(&call.state.context, request.app_id.as_str())?;
    let open = call.state.delivery.connections(app.row.id).await;
    let items = open.into_iter().map(|one| Connection {
        device_id: one.device_id,
        connected_at: Millis(one.connected_at),
        in_flight: i64::try_from(one.in_flight).unwrap_or(i64::MAX),
        ..Connection::default()
    });
    Ok(Response { items: items.collect(), ..Response::default() })
}
