use larkspur_api::platform::app::{App, update::Request};
use larkspur_domain::{Result, console};

use crate::{Call, own::refused};

pub(crate) async fn handle(call: Call, request: Request) -> Result<App> {
    let addresses = [request.request_url.clone(), request.callback_url.clone()];
    let row = call.look(move |view, context| console::changed(view, context, &request)).await?;
    for address in addresses.iter().flatten().filter(|address| !address.is_empty()) {
        // With the key that is set now: it is the one the receiver has to hold from here on.
        let checked = call.state.delivery.challenge(&row, address).await;
        checked.map_err(|no_answer| refused(&no_answer))?;
    }
    let shown = call.change(move |tx, context| console::update(tx, context, row)).await?;
    call.state.delivery.wake();
    Ok(shown)
}
