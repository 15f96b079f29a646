use larkspur_api::tenant::v2::tenant::query::{Request, Response};
use larkspur_domain::{Result, application};

use crate::Call;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    call.read(application::tenant).await
}
