use larkspur_api::custom_bot::v2::hook::send::{Request, Response};
use larkspur_domain::{Result, hook::send};
use serde_json::{Value, json};

use crate::Call;

pub(crate) async fn handle(call: Call, request: Request) -> Result<Response> {
    call.change(move |tx, context| send(tx, context, &request)).await?;
    Ok(Response {
        msg: "success".to_owned(),
        data: json!({}),
        Extra: Some(Value::Null),
        StatusCode: 0,
        StatusMessage: "success".to_owned(),
        ..Response::default()
    })
}
