use larkspur_api::jssdk::ticket::get::{LIFE, Request, Response};
use larkspur_domain::{Context, Result};

use crate::Call;

/// The digits of a ticket.
const DIGITS: usize = 40;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    let context: &Context = &call.state.context;
    Ok(Response { ticket: context.hex(DIGITS), expire_in: LIFE, ..Response::default() })
}
