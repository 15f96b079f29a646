use larkspur_api::contact::v3::user::batch_get_id::{Request, Response};
use larkspur_domain::{Result, contact};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.read(move |view, _, caller| {
        let id_type = request.user_id_type.unwrap_or_default();
        let (emails, mobiles) = (request.emails.unwrap_or_default(), request.mobiles.unwrap_or_default());
        let resigned = request.include_resigned.unwrap_or_default();
        let user_list = contact::find_by_contact(view, caller, &id_type, emails, mobiles, resigned)?;
        Ok(Response { user_list, ..Response::default() })
    })
    .await
}
