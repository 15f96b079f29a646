use larkspur_api::im::v1::chat_tab::{ChatTabs, list_tabs::Request};
use larkspur_domain::{Result, chat::tab};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<ChatTabs> {
    call.read(move |view, _, caller| tab::list(view, caller, request.chat_id.as_str())).await
}
