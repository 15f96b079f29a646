use larkspur_api::im::v1::chat_menu_tree::{Menus, delete::Request};
use larkspur_domain::{Result, chat::menu};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Menus> {
    call.write(move |tx, _, caller| menu::delete(tx, caller, &request)).await
}
