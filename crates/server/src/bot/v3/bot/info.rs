use larkspur_api::{
    bot::v3::bot::info::{ActivateStatus, BotInfo, Request, Response},
    code,
};
use larkspur_domain::Result;

use crate::Call;

pub(crate) async fn handle(call: Call, _: Request) -> Result<Response> {
    let app = &call.caller()?.app.row;
    if !app.bot {
        return Err(code::bot::NO_BOT.into());
    }
    let bot = BotInfo {
        activate_status: ActivateStatus::from(app.activate_status),
        app_name: app.name.clone(),
        avatar_url: call.state.context.avatar_url(None),
        open_id: app.open_id.as_str().into(),
        ..BotInfo::default()
    };
    Ok(Response { bot, ..Response::default() })
}
