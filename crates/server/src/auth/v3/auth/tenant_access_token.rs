use larkspur_api::auth::v3::auth::tenant_access_token::{Request, Response};
use larkspur_domain::{Result, token};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let token = call.change(move |tx, context| {
        token::of_installation(tx, context, &request.app_access_token, &request.tenant_key)
    });
    let token = token.await?;
    let expire = super::lasts(&call, &token);
    Ok(Response { tenant_access_token: token.token, expire, ..Response::default() })
}
