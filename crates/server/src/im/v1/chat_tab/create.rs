use larkspur_api::im::v1::chat_tab::{ChatTabs, create::Request};
use larkspur_domain::{Result, chat::tab};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<ChatTabs> {
    call.write(move |tx, context, caller| tab::create(tx, context, caller, &request)).await
}
