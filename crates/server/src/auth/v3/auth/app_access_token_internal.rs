use larkspur_api::auth::v3::auth::app_access_token_internal::{Request, Response};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let (token, expire) = super::token(&call, request.app_id.as_str(), &request.app_secret).await?;
    let tenant_access_token = token.token.clone();
    Ok(Response { app_access_token: token.token, tenant_access_token, expire, ..Response::default() })
}
