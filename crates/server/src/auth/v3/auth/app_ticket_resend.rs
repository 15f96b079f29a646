use larkspur_api::{auth::v3::auth::app_ticket_resend::Request, endpoint::Empty};
use larkspur_domain::{Result, token};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Empty> {
    let app = super::authenticate(&call, request.app_id.as_str(), &request.app_secret)?;
    call.change(move |tx, context| token::send_ticket(tx, context, &app)).await?;
    Ok(Empty {})
}
