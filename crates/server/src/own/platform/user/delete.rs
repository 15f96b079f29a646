use larkspur_api::platform::user::{User, delete::Request};
use larkspur_domain::{Result, console::user};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<User> {
    call.change(move |tx, context| user::delete(tx, context, &request)).await
}
