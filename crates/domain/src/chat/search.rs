//! Finding groups.

use std::cmp::Reverse;

use larkspur_api::{
    code::{chat, gateway},
    im::{
        v1::chat::{ChatMode, ChatStatus, ChatType, search as v1},
        v2::chat::search::{self as v2, SearchMode, SearchType, Sorter},
    },
    time::Millis,
};
use larkspur_store::{Actor, View, chat::ChatRow};

use super::{Settings, avatar_url, check_bot, is_owner_or_manager, list::brief, owner_id};
use crate::{Caller, Context, Result, page, person};

/// The most characters that are looked for.
const MAX_QUERY: usize = 64;

/// What is looked for: quotes only keep a hyphen together.
fn wanted(query: &str) -> Option<&str> {
    let query = query.trim().trim_matches(['"', '“', '”']);
    (!query.is_empty()).then_some(query)
}

/// A page of the groups with a text in their names or those of their members.
pub fn search(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &v1::Request,
) -> Result<v1::Response> {
    check_bot(&caller.app)?;
    let query = request.query.as_deref().unwrap_or_default();
    let identity = format!("im.v1.chat.search {:?} {query}", caller.actor());
    let after = match request.page_token.as_deref() {
        None => 0,
        Some(token) => {
            let wrong = |_| chat::INVALID_PARAM.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let Some(text) = wanted(query).filter(|_| query.chars().count() <= MAX_QUERY) else {
        return Ok(v1::Response::default());
    };
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let size = usize::try_from(size).unwrap_or_default();
    let mut rows = view.visible_groups(caller.tenant_key(), caller.actor(), Some(text), true)?;
    rows.retain(|row| row.id > after);
    let has_more = rows.len() > size;
    rows.truncate(size);
    let page_token = rows.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let items = rows.iter().map(|row| brief(view, context, caller, row, &id_type)).collect::<Result<_>>()?;
    Ok(v1::Response { items, page_token, has_more, ..v1::Response::default() })
}

/// The same with more to choose by.
pub fn search_v2(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &v2::Request,
) -> Result<v2::Response> {
    check_bot(&caller.app)?;
    let id_type = request.user_id_type.clone().unwrap_or_default();
    let filter = request.filter.clone().unwrap_or_default();
    let text = wanted(request.query.as_deref().unwrap_or_default());
    let by_member = filter.disable_search_by_user != Some(true);
    let mut members = Vec::new();
    for id in filter.member_ids.iter().flatten() {
        members.push(Actor::User(person::find(view, &caller.app, &id_type, id)?.or_refuse(&id_type, id)?.id));
    }
    let mut rows = Vec::new();
    for row in view.visible_groups(caller.tenant_key(), caller.actor(), text, by_member)? {
        if fits(view, caller, &row, &filter, &members)? {
            let count = view.member_count(row.id)?;
            rows.push((count.users + count.bots, row));
        }
    }
    match &request.sorter {
        Some(Sorter::CreateTimeDesc) => rows.reverse(),
        Some(Sorter::UpdateTimeDesc) => rows.sort_by_key(|(_, row)| Reverse(row.active_at)),
        Some(Sorter::MemberCountDesc) => rows.sort_by_key(|(count, _)| Reverse(*count)),
        Some(Sorter::Other(_)) | None => {}
    }
    // These orders change between two pages, so a page begins by its number.
    let identity = format!("im.v2.chat.search {:?} {text:?} {filter:?} {:?}", caller.actor(), request.sorter);
    let start = match request.page_token.as_deref() {
        None => 0,
        Some(token) => {
            let wrong =
                |_| gateway::FIELD_VALIDATION_FAILED.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let end = start + size;
    let has_more = total > end;
    let page_token = has_more.then(|| page::token(&identity, (0, end)));
    let (skip, take) =
        (usize::try_from(start).unwrap_or_default(), usize::try_from(size).unwrap_or_default());
    let mut items = Vec::new();
    for (_, row) in rows.into_iter().skip(skip).take(take) {
        let settings = Settings::of(&row);
        let owner_id = owner_id(view, &caller.app, &row, &id_type)?;
        let meta_data = v2::MetaData {
            chat_id: row.chat_id.as_str().into(),
            create_time: Some(Millis(row.created_at)),
            update_time: Some(Millis(row.active_at)),
            external: Some(false),
            chat_mode: Some(ChatMode::from(row.chat_mode.as_str())),
            avatar: Some(avatar_url(context, &settings)),
            description: Some(settings.description),
            name: settings.name.clone(),
            owner_id_type: owner_id.is_some().then(|| id_type.clone()),
            owner_id,
            tenant_key: Some(row.tenant_key),
            chat_status: Some(ChatStatus::from(row.chat_status.as_str())),
            ..v2::MetaData::default()
        };
        items.push(v2::Item {
            id: row.chat_id.into(),
            display_info: settings.name,
            meta_data: Some(meta_data),
            ..v2::Item::default()
        });
    }
    Ok(v2::Response { items, total, has_more, page_token, ..v2::Response::default() })
}

fn fits(
    view: &View<'_>,
    caller: &Caller,
    row: &ChatRow,
    filter: &v2::Filter,
    members: &[Actor],
) -> Result<bool> {
    let settings = Settings::of(row);
    let joined = view.member(row.id, caller.actor())?.is_some();
    let kind = match (settings.chat_type == ChatType::Public, joined) {
        (false, _) => SearchType::Private,
        (true, true) => SearchType::PublicJoined,
        (true, false) => SearchType::PublicNotJoined,
    };
    let mode = if settings.is_threaded() || row.chat_mode == "topic" {
        SearchMode::Thread
    } else {
        SearchMode::Default
    };
    if filter.search_types.as_ref().is_some_and(|kinds| !kinds.is_empty() && !kinds.contains(&kind))
        || filter.chat_modes.as_ref().is_some_and(|modes| !modes.is_empty() && !modes.contains(&mode))
        || filter.is_manager == Some(true) && !is_owner_or_manager(view, caller, row)?
    {
        return Ok(false);
    }
    for member in members {
        // Who is in a group that the caller is not in is not told.
        if !joined || view.member(row.id, *member)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
