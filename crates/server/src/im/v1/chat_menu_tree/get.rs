use larkspur_api::im::v1::chat_menu_tree::{Menus, get::Request};
use larkspur_domain::{Result, chat::menu};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Menus> {
    call.read(move |view, _, caller| menu::get(view, caller, request.chat_id.as_str())).await
}
