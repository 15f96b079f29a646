use larkspur_api::contact::v3::department::{Departments, parent::Request};
use larkspur_domain::{Result, contact::department};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Departments> {
    call.read(move |view, _, caller| department::parent(view, caller, &request)).await
}
