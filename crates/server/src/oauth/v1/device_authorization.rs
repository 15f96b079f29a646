use larkspur_domain::authorization::device;
use serde_json::json;

use crate::{
    Call,
    oauth::{Answer, Form, token::object},
    web,
};

pub(crate) async fn handle(call: Call, form: Form) -> Answer {
    let app = form.app(&call.state.context)?;
    let scope = form.get("scope").unwrap_or_default().to_owned();
    let row = call.change(move |tx, context| device::start(tx, context, &app, &scope)).await?;
    let page = format!("{}{}", call.state.context.base_url, web::DEVICE);
    Ok(object(json!({
        "device_code": row.device_code,
        "user_code": row.user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={}", row.user_code),
        "expires_in": device::EXPIRES_IN,
        "interval": row.interval,
    })))
}
