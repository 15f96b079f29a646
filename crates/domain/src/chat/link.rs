//! Links into groups.

use larkspur_api::{
    code::chat,
    im::v1::chat::{
        ShareCardPermission,
        link::{Request, Response, ValidityPeriod},
    },
    platform::chat::ChatKind,
    time::{Millis, Seconds},
};
use larkspur_store::View;

use super::{Settings, check_available, check_bot, find_as_member, is_owner_or_manager};
use crate::{Caller, Context, Result};

const DAY: i64 = 24 * 60 * 60;

/// A link into a group. Nothing here follows it: users join with the platform's own call.
pub fn link(view: &View<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    check_bot(&caller.app)?;
    check_available(caller)?;
    let row = find_as_member(view, caller, request.chat_id.as_str())?;
    if row.chat_mode == "p2p" {
        return Err(chat::LINK_OF_P2P_CHAT.into());
    }
    match Settings::of(&row).nature.kind {
        ChatKind::Secret => return Err(chat::LINK_OF_SECRET_CHAT.into()),
        ChatKind::Team => return Err(chat::LINK_OF_TEAM.into()),
        _ => {}
    }
    if Settings::of(&row).share_card_permission == ShareCardPermission::NotAllowed
        && !is_owner_or_manager(view, caller, &row)?
    {
        return Err(chat::LINK_FORBIDDEN.into());
    }
    let days = match request.validity_period.clone().unwrap_or_default() {
        ValidityPeriod::Week | ValidityPeriod::Other(_) => Some(7),
        ValidityPeriod::Year => Some(365),
        ValidityPeriod::Permanently => None,
    };
    let now = Millis(context.now()).seconds().0;
    Ok(Response {
        share_link: format!(
            "{}/client/chat/chatter/add_by_link?link_token={}",
            context.base_url,
            context.uuid()
        ),
        expire_time: days.map(|days| Seconds(now + days * DAY)),
        is_permanent: days.is_none(),
        ..Response::default()
    })
}
