//! Messages to many users at once.
//!
//! The real platform sends them one after another some time later; here they are sent when the call is answered.

use larkspur_api::{
    Refusal,
    code::{batch, message},
    content::{Content, Text},
    im::v1::{
        batch_message::{
            get_progress::{self, RecallProgress, SendProgress},
            read_user,
        },
        message::MsgType,
    },
    message::v4::batch_send::create::{BatchMsgType, Request, Response},
    time::Count,
    user::UserIdType,
};
use larkspur_store::{Tx, View, batch::BatchRow, message::State};
use serde_json::{Value, json};

use super::{
    check_bot, search,
    send::{Place, Stored, check_objects, insert, p2p},
};
use crate::{
    Caller, Context, Failure, Result, card,
    contact::department,
    content::{self, Mentions},
    event, person, tenant,
};

/// A day, in ms.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The day of the limit begins at midnight in China, 8 hours before it does in UTC.
const ZONE: i64 = 8 * 60 * 60 * 1000;

/// How many messages an app sends a day.
const MAX_A_DAY: i64 = 500_000;

/// How long batches can be asked about, in ms: 30 days.
const KNOWN_FOR: i64 = 30 * DAY;

/// Whom a message is for.
#[derive(Default)]
struct Receivers {
    users: Vec<i64>,
    response: Response,
}

/// Sends a message to many users.
pub fn send(tx: &Tx<'_>, context: &Context, caller: &Caller, request: &Request) -> Result<Response> {
    let app = &caller.app;
    if !app.row.bot {
        return Err(batch::NO_BOT.into());
    }
    let given = |ids: &Option<Vec<String>>| ids.as_ref().is_some_and(|ids| !ids.is_empty());
    let users = given(&request.open_ids) || given(&request.user_ids) || given(&request.union_ids);
    let departments = given(&request.department_ids);
    if !users && !departments {
        let why = "one of department_ids, open_ids, user_ids and union_ids is required";
        return Err(batch::INVALID_PARAM.field("open_ids", "", why).into());
    }
    if users && !app.has_scope("im:message:send_multi_users") {
        return Err(batch::USERS_DENIED.into());
    }
    if departments && !app.has_scope("im:message:send_multi_depts") {
        return Err(batch::DEPARTMENTS_DENIED.into());
    }
    let content = match read(request)? {
        Content::Interactive(card) => {
            Content::Interactive(card::resolve_shown(tx, caller, &card).map_err(in_own_words)?)
        }
        other => other,
    };
    check_objects(tx, caller, &content).map_err(in_own_words)?;
    let mut mentions = Mentions::new(tx, app, &context.apps);
    let stored = content::with_keys(&content, &mut mentions).map_err(in_own_words)?;
    let stored = Stored {
        msg_type: content.msg_type().as_str().to_owned(),
        content: stored,
        mentions: mentions.into_column(),
    };
    if tenant::of(context, caller).find(&stored.content).is_some() {
        return Err(batch::NOT_AUDITED.into());
    }

    let Receivers { users, mut response } = receivers(tx, caller, request)?;
    let only_open_ids = !given(&request.user_ids) && !given(&request.union_ids) && !departments;
    if users.is_empty() && only_open_ids {
        return Err(batch::OPEN_ID_UNKNOWN.into());
    }
    let reached: Vec<_> = users.iter().copied().filter(|user| app.is_available_to(*user)).collect();
    let (valid_users, sent) = (count(users.len()), count(reached.len()));
    let now = context.now();
    let midnight = (now + ZONE).div_euclid(DAY) * DAY - ZONE;
    if tx.batch_sent_since(app.row.id, midnight)? + sent > MAX_A_DAY {
        return Err(batch::DAILY_LIMIT.into());
    }

    let batch_message_id = context.batch_message_id();
    response.message_id.clone_from(&batch_message_id);
    let app = app.row.id;
    let row = BatchRow { id: 0, batch_message_id, app, valid_users, sent, recalled: None, created_at: now };
    let batch = tx.insert_batch(&row)?;
    for user in reached {
        let chat = p2p(tx, context, caller, user)?;
        let place = Place::in_chat(context, &chat);
        let (_, row) = insert(tx, context, caller, &chat, stored.clone(), place)?;
        tx.insert_batch_part(batch, row.id)?;
    }
    Ok(response)
}

/// Recalls a message from all who got it.
pub fn recall(tx: &Tx<'_>, context: &Context, caller: &Caller, batch_message_id: &str) -> Result<()> {
    check_bot(&caller.app)?;
    let batch = find(tx, context, caller, batch_message_id)?;
    if batch.app != caller.app.row.id {
        return Err(message::RECALL_FORBIDDEN.into());
    }
    let now = context.now();
    if now - batch.created_at > DAY {
        return Err(batch::RECALL_EXPIRED.into());
    }
    let mut recalled = batch.recalled.unwrap_or(0);
    for part in tx.batch_parts(batch.id)? {
        let Some(row) = tx.message_by_row(part)?.filter(|row| row.state == State::Sent) else { continue };
        let Some(chat) = tx.chat_by_row(row.chat)? else { continue };
        tx.set_message_state(row.id, State::Recalled, now.max(row.created_at))?;
        search::index::remove(tx, row.id)?;
        event::message::recalled(tx, context, &chat, &row, caller.actor())?;
        recalled += 1;
    }
    tx.set_batch_recalled(batch.id, recalled)?;
    Ok(())
}

/// How far sending and recalling came.
pub fn progress(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    batch_message_id: &str,
) -> Result<get_progress::Response> {
    check_bot(&caller.app)?;
    let batch = own(view, context, caller, batch_message_id)?;
    let send = SendProgress {
        valid_user_ids_count: batch.valid_users,
        success_user_ids_count: batch.sent,
        read_user_ids_count: view.batch_readers(batch.id)?,
        ..SendProgress::default()
    };
    let recall = RecallProgress {
        recall: batch.recalled.is_some(),
        recall_count: batch.recalled.unwrap_or(0),
        ..RecallProgress::default()
    };
    Ok(get_progress::Response {
        batch_message_send_progress: send,
        batch_message_recall_progress: recall,
        ..get_progress::Response::default()
    })
}

/// How many have read it.
pub fn readers(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    batch_message_id: &str,
) -> Result<read_user::Response> {
    let batch = own(view, context, caller, batch_message_id)?;
    let read_user = read_user::ReadUser {
        read_count: Count(view.batch_readers(batch.id)?),
        total_count: Count(batch.sent),
        ..read_user::ReadUser::default()
    };
    Ok(read_user::Response { read_user, ..read_user::Response::default() })
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// A batch of the tenant, as long as it can be asked about.
fn find(view: &View<'_>, context: &Context, caller: &Caller, batch_message_id: &str) -> Result<BatchRow> {
    if !batch_message_id.starts_with("bm") {
        return Err(message::INVALID_PARAM.because("invalid batch_message_id").into());
    }
    let batch = view.batch(batch_message_id)?.ok_or(batch::UNKNOWN)?;
    let app = context.apps.get(batch.app);
    let known = app.is_some_and(|app| app.row.tenant_key == caller.tenant_key());
    if known && context.now() - batch.created_at <= KNOWN_FOR {
        Ok(batch)
    } else {
        Err(batch::UNKNOWN.into())
    }
}

fn own(view: &View<'_>, context: &Context, caller: &Caller, batch_message_id: &str) -> Result<BatchRow> {
    let batch = find(view, context, caller, batch_message_id)?;
    if batch.app == caller.app.row.id { Ok(batch) } else { Err(message::NOT_SENDER.into()) }
}

/// The users that a request names, each once, and the ids that name nobody.
fn receivers(view: &View<'_>, caller: &Caller, request: &Request) -> Result<Receivers> {
    let mut all = Receivers::default();
    for id in request.department_ids.iter().flatten() {
        match department::below_root(view, caller, id)? {
            Some(row) => all.users.extend(view.department_users_deep(row.id)?),
            None => all.response.invalid_department_ids.push(id.clone()),
        }
    }
    let lists = [
        (UserIdType::OpenId, &request.open_ids, &mut all.response.invalid_open_ids),
        (UserIdType::UserId, &request.user_ids, &mut all.response.invalid_user_ids),
        (UserIdType::UnionId, &request.union_ids, &mut all.response.invalid_union_ids),
    ];
    for (id_type, ids, invalid) in lists {
        for id in ids.iter().flatten() {
            match person::find(view, &caller.app, &id_type, id)? {
                person::Found::User(user) if !user.resigned => all.users.push(user.id),
                _ => invalid.push(id.clone()),
            }
        }
    }
    all.users.sort_unstable();
    all.users.dedup();
    Ok(all)
}

/// The content of a request, as the message endpoints know it.
fn read(request: &Request) -> Result<Content> {
    let failed = |what: &str| batch::CONTENT_FAILED.because(what);
    let said = request.content.clone().unwrap_or_default();
    let parse = |msg_type: MsgType, content: Value| {
        content::parse(&msg_type, &content.to_string()).map_err(in_own_words)
    };
    match request.msg_type {
        BatchMsgType::Text => {
            let text = said.text.filter(|text| !text.is_empty()).ok_or_else(|| failed("text is required"))?;
            let content = Content::Text(Text::new(text));
            content::check_length(&MsgType::Text, &content.to_wire()).map_err(in_own_words)?;
            Ok(content)
        }
        BatchMsgType::Image => {
            let image_key = said.image_key.ok_or_else(|| failed("image_key is required"))?;
            parse(MsgType::Image, json!({"image_key": image_key}))
        }
        BatchMsgType::ShareChat => {
            let chat_id = said.share_chat_id.ok_or_else(|| failed("share_chat_id is required"))?;
            parse(MsgType::ShareChat, json!({"chat_id": chat_id}))
        }
        BatchMsgType::Post => {
            let post = said.post.ok_or_else(|| failed("post is required"))?;
            if has_markdown(&post) {
                return Err(failed("the tag md is not supported").into());
            }
            parse(MsgType::Post, post)
        }
        BatchMsgType::Interactive => {
            let card = request.card.clone().ok_or_else(|| failed("card is required"))?;
            parse(MsgType::Interactive, card)
        }
        BatchMsgType::Other(_) => Err(batch::INVALID_PARAM.into()),
    }
}

fn has_markdown(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            object.get("tag").and_then(Value::as_str) == Some("md") || object.values().any(has_markdown)
        }
        Value::Array(values) => values.iter().any(has_markdown),
        _ => false,
    }
}

/// What the message endpoints say, with the numbers that this one has for it.
fn in_own_words(failure: Failure) -> Failure {
    let Failure::Refused(refusal) = failure else { return failure };
    let Refusal { code, ref detail, .. } = *refusal;
    let detail = detail.as_deref().unwrap_or_default();
    if code == message::NOT_RESOURCE_OWNER || detail == "invalid image_key" {
        batch::IMAGE_UNKNOWN.into()
    } else if code == message::BOT_OUTSIDE_GROUP
        || code == message::P2P_NOT_SHAREABLE
        || detail == "invalid chat_id"
    {
        batch::CHAT_UNKNOWN.into()
    } else if code == message::INVALID_PARAM {
        batch::CONTENT_FAILED.because(detail).into()
    } else if code == message::CARD_INVALID || code == message::CONTENT_TOO_LONG {
        batch::CONTENT_FAILED.because(refusal.message()).into()
    } else {
        batch::SEND_FAILED.because(refusal.message()).into()
    }
}
