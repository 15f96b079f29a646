use larkspur_api::platform::app::create::{Request, Response};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let (rows, response) =
        call.change(move |tx, context| console::app::create(tx, context, &request)).await?;
    for row in &rows {
        call.state.delivery.add(row.id);
    }
    call.state.context.apps.extend(rows);
    Ok(response)
}
