use larkspur_api::{
    authen::v1::user_info::get::{Request, Response},
    code::authen,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    let user = call.caller()?.user.ok_or(authen::USER_TOKEN_INVALID)?;
    let who = call.read(move |view, context, caller| super::who(view, context, caller, user)).await?;
    Ok(Response {
        name: who.name,
        en_name: who.en_name,
        avatar_url: who.avatar_url,
        avatar_thumb: who.avatar_thumb,
        avatar_middle: who.avatar_middle,
        avatar_big: who.avatar_big,
        open_id: who.open_id,
        union_id: who.union_id,
        email: who.email,
        user_id: who.user_id,
        mobile: who.mobile,
        tenant_key: who.tenant_key,
        ..Response::default()
    })
}
