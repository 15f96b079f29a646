use larkspur_api::auth::v3::auth::tenant_access_token_internal::{Request, Response};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let (token, expire) = super::token(&call, request.app_id.as_str(), &request.app_secret).await?;
    Ok(Response { tenant_access_token: token.token, expire, ..Response::default() })
}
