use larkspur_api::platform::app::{App, get::Request};
use larkspur_domain::{Result, console};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<App> {
    call.look(move |view, context| console::show(view, &*console::find(context, request.app_id.as_str())?))
        .await
}
