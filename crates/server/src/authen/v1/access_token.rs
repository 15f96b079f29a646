use larkspur_api::{
    authen::v1::{Identity, access_token::create::Request},
    code::authen,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Identity> {
    super::check_grant_type(&request.grant_type, "authorization_code", authen::INVALID_REQUEST)?;
    let tokens = super::of_code(&call, request.code).await?;
    super::identity(&call, tokens).await
}
