//! Replacing a card for everyone.

use larkspur_api::{
    code::{chat as chat_code, message},
    content::{
        Card, Content,
        card::{CardKind, Fault},
    },
    im::v1::message::MsgType,
};
use larkspur_store::{Tx, message::State};

use super::{check_bot, check_reachable, find_or_unknown, send::check_references};
use crate::{Caller, Context, Result, card, content, tenant};

/// How old a card may be, in ms: 14 days.
const MAX_AGE: i64 = 14 * 24 * 60 * 60 * 1000;

/// Replaces a card that the caller sent. Both the old and the new one must be shared.
pub fn patch(tx: &Tx<'_>, context: &Context, caller: &Caller, message_id: &str, new: &Card) -> Result<()> {
    check_bot(&caller.app)?;
    let row = find_or_unknown(tx, caller, message_id)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(chat_code::DISSOLVED)?;
    match row.state {
        State::Sent => {}
        State::Recalled => return Err(message::RECALLED.into()),
        State::Deleted => return Err(message::DELETED.into()),
    }
    if chat.chat_status != "normal" {
        return Err(chat_code::DISSOLVED.into());
    }
    if MsgType::from(row.msg_type.as_str()) != MsgType::Interactive {
        return Err(message::INVALID_PARAM.because("This message is NOT a card.").into());
    }
    if row.sender != caller.actor() {
        return Err(message::LACK_OF_PERMISSION.because("only the sender can update the card").into());
    }
    if chat.chat_mode == "p2p" {
        for other in tx.user_members(chat.id, 0, 2)? {
            check_reachable(tx, &caller.app, other.member.row())?;
        }
    }
    let now = context.now();
    if now - row.created_at > MAX_AGE {
        return Err(message::PATCH_EXPIRED.into());
    }
    let old = Card(serde_json::from_str(&row.content).unwrap_or_default());
    let new = &card::resolve_shown(tx, caller, new)?;
    if !content::card::is_shared(&old) || !content::card::is_shared(new) {
        let fault = Fault::new(300_302, "update_multi property is false");
        return Err(content::card::refused(&fault).into());
    }
    if old.kind() == Some(CardKind::Json2) && card::is_clicked(tx, context, row.id)? {
        return Err(content::card::refused(&Fault::new(11_310, "card action is lock")).into());
    }
    check_references(tx, caller, &chat, &Content::Interactive(new.clone()))?;
    // The table has one code for all that is found.
    if tenant::of(context, caller).find(&new.0.to_string()).is_some() {
        return Err(message::NOT_AUDITED.into());
    }
    if !context.pace.allows_update(row.id, now) {
        return Err(message::FREQUENCY_LIMIT.into());
    }
    card::replace(tx, context, &row, new)
}
