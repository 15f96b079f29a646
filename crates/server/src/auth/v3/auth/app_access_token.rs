use larkspur_api::auth::v3::auth::app_access_token::{Request, Response};
use larkspur_domain::{Result, token};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    let app = super::authenticate(&call, request.app_id.as_str(), &request.app_secret)?;
    let token =
        call.change(move |tx, context| token::of_store_app(tx, context, &app, &request.app_ticket)).await?;
    let expire = super::lasts(&call, &token);
    Ok(Response { app_access_token: token.token, expire, ..Response::default() })
}
