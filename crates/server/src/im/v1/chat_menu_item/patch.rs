use larkspur_api::im::v1::chat_menu_item::patch::{Request, Response};
use larkspur_domain::{Result, chat::menu};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.write(move |tx, _, caller| menu::patch(tx, caller, &request)).await
}
