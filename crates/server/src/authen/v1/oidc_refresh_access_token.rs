use larkspur_api::{
    authen::v1::{Tokens, oidc_refresh_access_token::create::Request},
    code::authen,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Tokens> {
    super::check_grant_type(&request.grant_type, "refresh_token", authen::GRANT_TYPE_UNSUPPORTED)?;
    let tokens = super::of_refresh_token(&call, request.refresh_token).await?;
    Ok(super::show(tokens))
}
