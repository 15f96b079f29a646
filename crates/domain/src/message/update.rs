//! Editing a message.

use larkspur_api::{
    code::message,
    content::Content,
    im::v1::message::{Message, MsgType},
    platform::chat::ChatKind,
};
use larkspur_store::{Tx, message::State};

use super::{
    Form, check_bot, find, search,
    send::{check_may_speak, check_post_references},
    show,
};
use crate::{
    Caller, Context, Failure, Result,
    chat::{self, nature::Nature},
    content::{self, Mentions},
    tenant,
};

/// How often a message may be edited.
///
/// Source: `/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/update`.
const MAX_EDITS: i64 = 20;

/// Replaces the content of a text or post that the caller sent.
pub fn update(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    message_id: &str,
    content: &Content,
) -> Result<Message> {
    check_bot(&caller.app)?;
    let row = find(tx, caller, message_id)?;
    let chat = tx.chat_by_row(row.chat)?.ok_or(message::BOT_OUTSIDE_GROUP)?;
    match row.state {
        State::Sent => {}
        State::Recalled => return Err(message::RECALLED.into()),
        State::Deleted => return Err(message::DELETED.into()),
    }
    check_may_speak(tx, caller, &chat).map_err(|failure| match failure {
        Failure::Refused(refusal) if refusal.code == message::SEND_DENIED => message::UPDATE_DENIED.into(),
        other => other,
    })?;
    match Nature::of(&chat).kind {
        ChatKind::Secret => return Err(message::SECRET_NOT_EDITABLE.into()),
        ChatKind::Encrypted => return Err(message::ENCRYPTED_NOT_EDITABLE.into()),
        _ => {}
    }
    if row.sender != caller.actor() {
        return Err(message::NOT_THE_SENDER.into());
    }
    if !matches!(MsgType::from(row.msg_type.as_str()), MsgType::Text | MsgType::Post) {
        return Err(message::TYPE_NOT_SUPPORTED.into());
    }
    let settings = tenant::of(context, caller);
    settings.check_editable(context, &row)?;
    if row.edits >= MAX_EDITS {
        return Err(message::EDITED_TOO_OFTEN.into());
    }
    if let Content::Post(post) = content {
        check_post_references(tx, caller, post)?;
    }
    let mut mentions = Mentions::new(tx, &caller.app, &context.apps);
    let stored = content::with_keys(content, &mut mentions)?;
    if mentions.mentions_all() && !chat::may_mention_all(tx, caller, &chat)? {
        return Err(message::FORBIDDEN_BY_CHAT.into());
    }
    settings.check_content(caller, &stored)?;
    let mentions = mentions.into_column();
    let msg_type = content.msg_type();
    tx.edit_message(
        row.id,
        msg_type.as_str(),
        &stored,
        mentions.as_deref(),
        context.now().max(row.created_at),
    )?;
    let row = find(tx, caller, message_id)?;
    search::index::put(tx, &row)?;
    show(tx, context, caller, &chat, &row, &Form::default())
}
