use larkspur_api::{
    authen::v1::{Tokens, oidc_access_token::create::Request},
    code::authen,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Tokens> {
    super::check_grant_type(&request.grant_type, "authorization_code", authen::GRANT_TYPE_UNSUPPORTED)?;
    let tokens = super::of_code(&call, request.code).await?;
    Ok(super::show(tokens))
}
