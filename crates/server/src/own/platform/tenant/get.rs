use larkspur_api::platform::tenant::{Tenant, get::Request};
use larkspur_domain::{Result, console::tenant};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Tenant> {
    call.look(move |view, context| tenant::get(view, context, &request.tenant_key)).await
}
