//! Searching messages: those of the chats that a user is in, the newest first.

pub(crate) mod index;
mod terms;
mod wanted;

use larkspur_api::{
    Code,
    code::{gateway, search as code},
    im::v1::message::{
        MsgType,
        search::{self as v1, AttachmentType, FromType, MetaData},
    },
    search::v2::message::create as v2,
    time::Millis,
    user::UserIdType,
};
use larkspur_store::{Actor, View};

use self::wanted::{Found, Wanted};
use crate::{Caller, Context, Failure, Result, page, person};

pub use self::index::catch_up;

/// What is said of a query of which a part is not looked for.
const CUT: &str = "The query is too long and has been truncated to the first 50 characters for search.";

/// How far the messages that are found are counted.
const MAX_COUNT: usize = 1000;

/// The most characters of a message that are shown with it.
const MAX_SHOWN: usize = 200;

/// A page of the messages that a user is looking for.
pub fn search(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &v1::Request,
) -> Result<v1::Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let filter = request.filter.clone().unwrap_or_default();
    let mut wanted = Wanted::default();
    let cut = wanted.words(request.query.as_deref().unwrap_or_default());
    let p2p = filter.chat_type.as_ref().map(|kind| *kind == v1::ChatType::P2p);
    wanted.chats(view, user, filter.chat_ids.as_deref(), p2p)?;
    wanted.any(people(view, context, caller, &id_type, filter.from_ids.as_deref())?.map(sent_by));
    wanted.any(people(view, context, caller, &id_type, filter.at_chatter_ids.as_deref())?.map(mentioning));
    wanted.any(filter.include_attachment_types.as_deref().map(holding));
    wanted.any(filter.from_types.as_deref().map(kinds));
    wanted.excluded = filter.exclude_from_types.clone().unwrap_or_default();
    if filter.is_at_me == Some(true) {
        wanted.marks.push(vec![index::mentioning(Actor::User(user)), index::mentioning_all()]);
    }
    let range = filter.time_range.clone().unwrap_or_default();
    wanted.from = time("start_time", range.start_time.as_deref())?;
    // A second is over when the next one begins.
    wanted.to = time("end_time", range.end_time.as_deref())?.map(|to| to + 999);
    if wanted.from > wanted.to.or(wanted.from) {
        let end = range.end_time.unwrap_or_default();
        return Err(wrong("filter.time_range.end_time", &end, "end_time is before start_time").into());
    }

    let identity = format!("im.v1.message.search {user} {:?} {filter:?}", wanted.query);
    let place = match request.page_token.as_deref().filter(|token| !token.is_empty()) {
        None => None,
        Some(token) => Some(
            page::place(&identity, token).map_err(|_| wrong("page_token", token, "page_token is invalid"))?,
        ),
    };
    let size = usize::try_from(request.page_size.unwrap_or(15)).unwrap_or_default();
    // They are counted once; the token carries the number on.
    let (before, limit) = place.map_or((i64::MAX, MAX_COUNT.max(size + 1)), |(_, before)| (before, size + 1));
    let mut found = wanted.find(view, before, limit)?;
    let total = place.map_or_else(|| count(found.len()), |(total, _)| total);
    let has_more = found.len() > size;
    found.truncate(size);
    let page_token =
        found.last().filter(|_| has_more).map(|last| page::token(&identity, (total, last.row.id)));
    let items = found.iter().map(|one| show(view, context, caller, one, &id_type)).collect::<Result<_>>()?;
    let notice = cut.then(|| CUT.to_owned());
    Ok(v1::Response { items, total, has_more, page_token, notice, ..v1::Response::default() })
}

/// The same, as the older endpoint has it.
pub fn search_v2(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &v2::Request,
) -> Result<v2::Response> {
    let user = caller.user.ok_or(gateway::USER_TOKEN_INVALID)?;
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let mut wanted = Wanted::default();
    wanted.words(&request.query);
    if wanted.query.is_empty() {
        return Err(code::INVALID_PARAM.into());
    }
    let p2p = request.chat_type.as_ref().map(|kind| *kind == v2::ChatType::P2pChat);
    wanted.chats(view, user, request.chat_ids.as_deref(), p2p)?;
    wanted.any(people(view, context, caller, &id_type, request.from_ids.as_deref())?.map(sent_by));
    wanted.any(people(view, context, caller, &id_type, request.at_chatter_ids.as_deref())?.map(mentioning));
    wanted.any(request.message_type.as_ref().map(|kind| vec![index::of_type(kind.as_str())]));
    wanted.any(request.from_type.as_ref().map(|kind| vec![sent_by_kind(*kind == v2::FromType::User)]));
    wanted.from = request.start_time.map(|time| time.0.saturating_mul(1000));
    wanted.to = request.end_time.map(|time| time.0.saturating_mul(1000).saturating_add(999));
    if wanted.from > wanted.to.or(wanted.from) {
        return Err(code::INVALID_PARAM.into());
    }

    let asked = v2::Request { page_size: None, page_token: None, ..request.clone() };
    let identity = format!("search.v2.message.create {user} {asked:?}");
    let before = match request.page_token.as_deref().filter(|token| !token.is_empty()) {
        None => i64::MAX,
        Some(token) => page::place(&identity, token).map_err(|_| code::INVALID_PARAM)?.1,
    };
    let size = usize::try_from(request.page_size.unwrap_or(20)).unwrap_or_default();
    let mut found = wanted.find(view, before, size + 1)?;
    let has_more = found.len() > size;
    found.truncate(size);
    let page_token = found.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.row.id)));
    let items = found.iter().map(|one| one.row.message_id.as_str().into()).collect();
    Ok(v2::Response { items, page_token, has_more, ..v2::Response::default() })
}

fn wrong(field: &str, value: &str, what: &str) -> larkspur_api::Refusal {
    const CODE: Code = gateway::FIELD_VALIDATION_FAILED;
    CODE.field(field, value, what)
}

fn count(found: usize) -> i64 {
    i64::try_from(found.min(MAX_COUNT)).unwrap_or(i64::MAX)
}

fn sent_by(actors: Vec<Actor>) -> Vec<String> {
    actors.into_iter().map(index::sent_by).collect()
}

fn mentioning(actors: Vec<Actor>) -> Vec<String> {
    actors.into_iter().map(index::mentioning).collect()
}

fn sent_by_kind(user: bool) -> String {
    index::sent_by_kind(if user { Actor::User(0) } else { Actor::App(0) })
}

fn kinds(kinds: &[FromType]) -> Vec<String> {
    kinds.iter().map(|kind| sent_by_kind(*kind == FromType::User)).collect()
}

fn holding(kinds: &[AttachmentType]) -> Vec<String> {
    kinds.iter().map(|kind| index::holding(kind.as_str())).collect()
}

/// Users by their ids, and bots by the `open_id` or `app_id`.
fn people(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    id_type: &UserIdType,
    ids: Option<&[String]>,
) -> Result<Option<Vec<Actor>>> {
    let Some(ids) = ids else { return Ok(None) };
    let mut actors = Vec::with_capacity(ids.len());
    for id in ids {
        let bot = context.apps.by_open_id(id).or_else(|| context.apps.by_app_id(id));
        actors.push(match bot.filter(|bot| bot.row.tenant_key == caller.tenant_key()) {
            Some(bot) => Actor::App(bot.row.id),
            None => Actor::User(person::find(view, &caller.app, id_type, id)?.or_refuse(id_type, id)?.id),
        });
    }
    Ok(Some(actors))
}

/// A time in ms: RFC 3339, or seconds since 1970.
fn time(name: &str, text: Option<&str>) -> Result<Option<i64>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    if let Ok(seconds) = text.parse::<i64>() {
        return Ok(Some(seconds.saturating_mul(1000)));
    }
    let time = text.parse::<jiff::Timestamp>().map_err(|_| {
        Failure::from(wrong(
            &format!("filter.time_range.{name}"),
            text,
            "use RFC 3339, or seconds since 1970",
        ))
    })?;
    Ok(Some(time.as_second().saturating_mul(1000)))
}

fn show(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    found: &Found,
    id_type: &UserIdType,
) -> Result<v1::Item> {
    let row = &found.row;
    let chat = view.chat_by_row(row.chat)?;
    let from_id = match row.sender {
        Actor::App(app) => context.apps.get(app).map(|app| app.row.app_id.clone()),
        Actor::User(user) => match view.user_by_row(user)? {
            Some(user) => Some(person::name_of(view, &caller.app, id_type, &user)?),
            None => None,
        },
    };
    let meta_data = MetaData {
        message_id: row.message_id.as_str().into(),
        r#type: type_name(&MsgType::from(row.msg_type.as_str())).to_owned(),
        create_time: Some(Millis(row.created_at)),
        update_time: Some(Millis(row.updated_at)),
        position: Some(row.position).filter(|position| *position > 0),
        is_p2p_chat: chat.as_ref().map(|chat| chat.chat_mode == "p2p"),
        chat_id: chat.map(|chat| chat.chat_id.into()).unwrap_or_default(),
        from_id,
        thread_id: row.thread_id.as_deref().map(Into::into),
        thread_position: row.thread_position,
        ..MetaData::default()
    };
    Ok(v1::Item {
        id: row.message_id.as_str().into(),
        display_info: Some(found.text.chars().take(MAX_SHOWN).collect()),
        meta_data: Some(meta_data),
        ..v1::Item::default()
    })
}

/// What search calls a type of message.
fn type_name(msg_type: &MsgType) -> &str {
    match msg_type {
        MsgType::Interactive => "card",
        MsgType::ShareChat => "share_group_chat",
        MsgType::ShareUser => "share_user_card",
        other => other.as_str(),
    }
}
