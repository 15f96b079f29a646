use larkspur_api::{
    authen::v1::{Identity, refresh_access_token::create::Request},
    code::authen,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Identity> {
    super::check_grant_type(&request.grant_type, "refresh_token", authen::INVALID_REQUEST)?;
    let tokens = super::of_refresh_token(&call, request.refresh_token).await?;
    super::identity(&call, tokens).await
}
