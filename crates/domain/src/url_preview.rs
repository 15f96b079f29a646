//! What links show of what lies behind them, as far as apps have a say in it.
//!
//! When a client wants a preview it asks the app behind the link; [`mint_token`] makes the token that the
//! question brings. With it the app asks, later, for clients to fetch the preview anew.
//!
//! Source: `/uAjLw4CM/ukTMukTMukTM/group/im-v2/url_preview/batch_update`.

use larkspur_api::{
    code::{gateway, message},
    im::v2::url_preview::batch_update::Request,
    user::UserIdType,
};
use larkspur_store::{Tx, message::MessageRow, url_preview::UrlPreviewRow};

use crate::{App, Caller, Context, Result, person};

/// How long a token rests after an update, in ms: 5 s.
const REST: i64 = 5 * 1000;

/// Makes the token by which an app knows the preview of a link, and the message the link stands in if it
/// is sent already.
pub fn mint_token(
    tx: &Tx<'_>,
    context: &Context,
    app: &App,
    message: Option<&MessageRow>,
    url: &str,
) -> Result<String> {
    let row = UrlPreviewRow {
        token: context.uuid(),
        app: app.row.id,
        message: message.map(|message| message.id),
        url: url.to_owned(),
        asked_at: None,
        asked_for: None,
    };
    tx.insert_url_preview(&row)?;
    Ok(row.token)
}

/// Notes that clients are to fetch previews anew, all of them or none.
pub fn batch_update(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<()> {
    let now = context.now();
    let asked_for = match request.open_ids.as_deref().filter(|ids| !ids.is_empty()) {
        None => None,
        Some(ids) => {
            let mut users = Vec::with_capacity(ids.len());
            for id in ids {
                let found = person::find(tx, &caller.app, &UserIdType::OpenId, id.as_str())?;
                users.push(found.or_refuse(&UserIdType::OpenId, id.as_str())?.id);
            }
            serde_json::to_string(&users).ok()
        }
    };
    for token in &request.preview_tokens {
        let known = tx.url_preview(token)?.filter(|known| known.app == caller.app.row.id);
        let known = known.ok_or(message::PARAM_IS_INVALID)?;
        if known.asked_at.is_some_and(|asked_at| now - asked_at < REST) {
            return Err(gateway::RATE_LIMITED.into());
        }
        tx.ask_url_preview(token, now, asked_for.as_deref())?;
    }
    Ok(())
}
