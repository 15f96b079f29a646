use larkspur_api::application::v6::scope::list::{Request, Response};
use larkspur_domain::{Result, application};

use crate::Call;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    Ok(application::scopes(call.caller()?))
}
