use larkspur_api::platform::tenant::{Tenant, update::Request};
use larkspur_domain::{Result, console::tenant};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Tenant> {
    call.change(move |tx, context| tenant::update(tx, context, &request)).await
}
