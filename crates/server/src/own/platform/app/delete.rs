use larkspur_api::platform::app::{App, delete::Request};
use larkspur_domain::{Result, console::app};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<App> {
    call.change(move |tx, context| app::delete(tx, context, &request)).await
}
