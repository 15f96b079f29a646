use larkspur_domain::authorization::revoke;
use serde_json::Map;

use crate::{
    Call,
    oauth::{Answer, Form},
};

pub(crate) async fn handle(call: Call, form: Form) -> Answer {
    let app = form.app(&call.state.context)?;
    let token = form.need("token")?.to_owned();
    call.change(move |tx, context| revoke::one(tx, context, &app, &token)).await?;
    Ok(Map::new())
}
