use larkspur_api::im::v2::feed_shortcut::{Outcome, create::Request};
use larkspur_domain::{Result, chat::feed_shortcut};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Outcome> {
    call.write(move |tx, _, caller| feed_shortcut::create(tx, caller, &request)).await
}
