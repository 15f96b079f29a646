use larkspur_api::im::v1::chat_menu_tree::{Menus, create::Request};
use larkspur_domain::{Result, chat::menu};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Menus> {
    call.write(move |tx, context, caller| menu::create(tx, context, caller, &request)).await
}
