//! Who is in a chat: adding, listing and removing.

use std::collections::BTreeSet;

use larkspur_api::{
    Refusal,
    code::chat,
    im::v1::{
        chat::{ChatType, MAX_BOTS, MAX_INVITED_BOTS, MAX_USERS, MembershipApproval, Permission},
        chat_members::{
            MemberIdType, bots,
            create::{self, SucceedType},
            delete, get,
            list::{self, MemberType},
        },
    },
    user::UserIdType,
};
use larkspur_store::{Actor, Tx, View, chat::ChatRow};

use crate::{Caller, Context, Result, chat as chats, event, page, person, tenant};

/// The most users that one call adds or removes.
const MAX_USERS_AT_ONCE: usize = 50;

/// What the ids of a request name.
#[derive(Default)]
struct Named {
    /// Can be added.
    good: Vec<(Actor, String)>,
    /// Have left, or are bots that are not active.
    gone: Vec<String>,
    /// Are outside the app's availability.
    unseen: Vec<String>,
    /// Name nobody.
    unknown: Vec<String>,
    /// Whether one of those is of another tenant.
    elsewhere: bool,
}

pub(crate) fn user_id_type(id_type: &MemberIdType) -> Option<UserIdType> {
    match id_type {
        MemberIdType::OpenId | MemberIdType::Other(_) => Some(UserIdType::OpenId),
        MemberIdType::UnionId => Some(UserIdType::UnionId),
        MemberIdType::UserId => Some(UserIdType::UserId),
        MemberIdType::AppId => None,
    }
}

/// The ids of a request, if there are not too few or too many.
fn ids(list: Option<&Vec<String>>, id_type: &MemberIdType) -> Result<Vec<String>> {
    let ids: Vec<String> = list.into_iter().flatten().filter(|id| !id.is_empty()).cloned().collect();
    let max = if *id_type == MemberIdType::AppId { MAX_INVITED_BOTS } else { MAX_USERS_AT_ONCE };
    if ids.is_empty() {
        return Err(chat::NO_VALID_MEMBERS.into());
    }
    if ids.len() > max {
        return Err(chat::INVALID_PARAM.field("id_list", "", format!("the max len is {max}")).into());
    }
    Ok(ids)
}

fn named(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    id_type: &MemberIdType,
    ids: Vec<String>,
) -> Result<Named> {
    let mut named = Named::default();
    for id in ids {
        match user_id_type(id_type) {
            None => {
                match context.apps.by_app_id(&id).filter(|bot| bot.is_invitable_to(caller.tenant_key())) {
                    Some(bot) if bot.row.bot => named.good.push((Actor::App(bot.row.id), id)),
                    Some(_) => named.gone.push(id),
                    None => named.unknown.push(id),
                }
            }
            Some(kind) => match person::find(view, &caller.app, &kind, &id)? {
                person::Found::User(user) if user.resigned => named.gone.push(id),
                person::Found::User(user) if !caller.app.is_available_to(user.id) => named.unseen.push(id),
                person::Found::User(user) => named.good.push((Actor::User(user.id), id)),
                _ => {
                    named.elsewhere |= person::is_elsewhere(view, &caller.app, &kind, &id)?;
                    named.unknown.push(id);
                }
            },
        }
    }
    Ok(named)
}

/// Adds users or bots to a group.
pub fn add(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &create::Request,
) -> Result<create::Response> {
    chats::check_bot(&caller.app)?;
    let row = chats::find_as_member(tx, caller, request.chat_id.as_str())?;
    if row.chat_mode == "p2p" {
        return Err(chat::TYPE_UNSUPPORTED.into());
    }
    let settings = chats::Settings::of(&row);
    let privileged = chats::acts_as_owner(tx, caller, &row)?;
    if settings.add_member_permission == Permission::OnlyOwner && !privileged {
        return Err(chat::ADD_FORBIDDEN.into());
    }
    let id_type = request.member_id_type.clone().unwrap_or_default();
    let named = named(tx, context, caller, &id_type, ids(request.id_list.as_ref(), &id_type)?)?;
    match request.succeed_type.clone().unwrap_or_default() {
        SucceedType::RefuseUnknown | SucceedType::Other(_) => {
            if named.elsewhere {
                return Err(chat::EXTERNAL_INTO_INTERNAL.into());
            }
            if !named.unknown.is_empty() {
                return Err(unknown(&id_type, &named.unknown).into());
            }
            if !named.unseen.is_empty() {
                return Err(chat::NO_VISIBILITY.into());
            }
        }
        SucceedType::RefuseAny => {
            let bad = [&named.unknown, &named.unseen, &named.gone].into_iter().flatten();
            let bad: Vec<_> = bad.map(String::as_str).collect();
            if !bad.is_empty() {
                return Err(chat::UNAVAILABLE_IDS
                    .field("id_list", &bad.join(","), "these ids cannot be added")
                    .into());
            }
        }
        SucceedType::AddPossible => {}
    }
    let mut response = create::Response {
        invalid_id_list: named.gone.into_iter().chain(named.unseen).collect(),
        not_existed_id_list: named.unknown,
        ..create::Response::default()
    };
    if named.good.is_empty() && request.succeed_type != Some(SucceedType::AddPossible) {
        return Err(chat::NO_VALID_MEMBERS.into());
    }
    if settings.membership_approval == MembershipApproval::ApprovalRequired && !privileged {
        response.pending_approval_id_list = named.good.into_iter().map(|(_, id)| id).collect();
        return Ok(response);
    }
    let now = context.now();
    let mut added = Vec::new();
    for (member, _) in named.good {
        if tx.member(row.id, member)?.is_none() {
            tx.insert_member(row.id, member, false, now)?;
            added.push(member);
        }
    }
    if added.iter().any(|member| matches!(member, Actor::User(_))) {
        tenant::of(context, caller).check_members(tx.member_count(row.id)?.users)?;
    }
    check_size(tx, &row)?;
    event::chat::members_added(tx, context, &row, caller.actor(), &added)?;
    Ok(response)
}

/// Refuses a group that has grown too large. What was added to it is taken back with the transaction.
fn check_size(view: &View<'_>, row: &ChatRow) -> Result<()> {
    let count = view.member_count(row.id)?;
    let fits = |members: i64, max: usize| usize::try_from(members).is_ok_and(|members| members <= max);
    if fits(count.users, MAX_USERS) && fits(count.bots, MAX_BOTS) {
        Ok(())
    } else {
        Err(chat::CHAT_FULL.into())
    }
}

fn unknown(id_type: &MemberIdType, ids: &[String]) -> Refusal {
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    match user_id_type(id_type) {
        Some(kind) => person::unknown(&kind, &ids),
        None => chat::UNAVAILABLE_IDS.field("id_list", &ids.join(","), "no such bot"),
    }
}

/// A page of the users in a chat.
pub fn list_users(view: &View<'_>, caller: &Caller, request: &get::Request) -> Result<get::Response> {
    chats::check_bot(&caller.app)?;
    let id_type = request.member_id_type.clone().unwrap_or_default();
    let Some(kind) = user_id_type(&id_type) else {
        return Err(chat::INVALID_PARAM
            .field("member_id_type", "app_id", "options: [open_id,union_id,user_id]")
            .into());
    };
    let row = chats::find_as_member(view, caller, request.chat_id.as_str())?;
    let identity = format!("im.v1.chat_members.get {}", row.chat_id);
    let after = match request.page_token.as_deref() {
        None => 0,
        Some(token) => {
            let wrong = |_| chat::INVALID_PARAM.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let size = request.page_size.filter(|size| *size > 0).unwrap_or(20);
    let mut members = view.user_members(row.id, after, size + 1)?;
    let has_more = members.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        members.pop();
    }
    let page_token = members.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    let mut items = Vec::with_capacity(members.len());
    for member in members {
        if let Some(user) = view.user_by_row(member.member.row())? {
            items.push(get::ListMember {
                member_id_type: Some(id_type.clone()),
                member_id: person::name_of(view, &caller.app, &kind, &user)?,
                name: Some(user.name),
                tenant_key: Some(user.tenant_key),
                ..get::ListMember::default()
            });
        }
    }
    let member_total = view.member_count(row.id)?.users;
    Ok(get::Response { items, page_token, has_more, member_total, ..get::Response::default() })
}

/// A page of the users and bots in a chat.
pub fn list_all(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &list::Request,
) -> Result<list::Response> {
    chats::check_bot(&caller.app)?;
    let row = chats::find_as_member(view, caller, request.chat_id.as_str())?;
    let (with_users, with_bots) = member_types(request.member_types.as_deref())?;
    let identity = format!("im.v1.chat_members.list {} {with_users} {with_bots}", row.chat_id);
    let after = match request.page_token.as_deref() {
        None => 0,
        Some(token) => {
            let wrong = |_| chat::INVALID_PARAM.field("page_token", token, "page_token is invalid");
            page::place(&identity, token).map_err(wrong)?.1
        }
    };
    let size = request.page_size.unwrap_or(20);
    let mut members = match (with_users, with_bots) {
        (true, false) => view.user_members(row.id, after, size + 1)?,
        (false, true) => view.bot_members_after(row.id, after, size + 1)?,
        _ => view.all_members(row.id, after, size + 1)?,
    };
    let has_more = members.len() > usize::try_from(size).unwrap_or_default();
    if has_more {
        members.pop();
    }
    let page_token = members.last().filter(|_| has_more).map(|last| page::token(&identity, (0, last.id)));
    let kind = request.member_id_type.clone().unwrap_or_default();
    let mut response = list::Response { has_more, page_token, ..list::Response::default() };
    for member in members {
        match member.member {
            Actor::User(user) => {
                let Some(user) = view.user_by_row(user)? else { continue };
                response.users.push(list::User {
                    member_id: person::name_of(view, &caller.app, &kind, &user)?,
                    name: user.name,
                    tenant_key: user.tenant_key,
                    ..list::User::default()
                });
            }
            Actor::App(bot) => {
                let Some(bot) = context.apps.get(bot) else { continue };
                response.bots.push(list::Bot {
                    member_id: bot.row.open_id.as_str().into(),
                    name: bot.row.name.clone(),
                    app_id: bot.row.app_id.as_str().into(),
                    tenant_key: bot.row.tenant_key.clone(),
                    ..list::Bot::default()
                });
            }
        }
    }
    let count = view.member_count(row.id)?;
    response.user_total = with_users.then_some(count.users);
    response.bot_total = with_bots.then_some(count.bots);
    Ok(response)
}

/// Whether users and bots are asked for.
fn member_types(types: Option<&str>) -> Result<(bool, bool)> {
    let Some(types) = types else { return Ok((true, true)) };
    let (mut users, mut bots) = (false, false);
    for one in types.split(',') {
        match MemberType::from(one.trim()) {
            MemberType::User => users = true,
            MemberType::Bot => bots = true,
            MemberType::Other(_) => {
                return Err(chat::INVALID_PARAM.field("member_types", one, "options: [user,bot]").into());
            }
        }
    }
    Ok((users, bots))
}

/// The bots in a chat.
pub fn bots(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &bots::Request,
) -> Result<bots::Response> {
    chats::check_bot(&caller.app)?;
    let row = chats::find_as_member(view, caller, request.chat_id.as_str())?;
    let bots = view.bot_members(row.id)?.into_iter().filter_map(|bot| context.apps.get(bot.member.row()));
    let items = bots.map(|bot| bots::Bot {
        bot_id: bot.row.open_id.as_str().into(),
        bot_name: bot.row.name.clone(),
        ..bots::Bot::default()
    });
    Ok(bots::Response { items: items.collect(), ..bots::Response::default() })
}

/// Whether the caller is in a chat.
pub fn is_in_chat(view: &View<'_>, caller: &Caller, chat_id: &str) -> Result<bool> {
    chats::check_bot(&caller.app)?;
    let row = chats::find(view, caller, chat_id)?;
    Ok(view.member(row.id, caller.actor())?.is_some())
}

/// Joins a public group.
pub fn join(tx: &Tx<'_>, context: &Context, caller: &Caller, chat_id: &str) -> Result<()> {
    chats::check_bot(&caller.app)?;
    let row = chats::find(tx, caller, chat_id)?;
    if row.chat_status != "normal" {
        return Err(chat::DISSOLVED.into());
    }
    let actor = caller.actor();
    let settings = chats::Settings::of(&row);
    if row.chat_mode == "p2p" || settings.chat_type != ChatType::Public {
        return Err(chat::CHAT_TYPE_UNSUPPORTED.into());
    }
    if tx.member(row.id, actor)?.is_some() {
        return Ok(());
    }
    if settings.membership_approval == MembershipApproval::ApprovalRequired {
        return Err(chat::JOIN_NEEDS_APPROVAL.into());
    }
    tx.insert_member(row.id, actor, false, context.now())?;
    check_size(tx, &row)?;
    event::chat::members_added(tx, context, &row, actor, &[actor])
}

/// Removes users or bots from a group.
pub fn remove(
    tx: &Tx<'_>,
    context: &Context,
    caller: &Caller,
    request: &delete::Request,
) -> Result<delete::Response> {
    chats::check_bot(&caller.app)?;
    let row = chats::find_as_member(tx, caller, request.chat_id.as_str())?;
    if row.chat_mode == "p2p" {
        return Err(chat::CHAT_OR_USER_INVALID.into());
    }
    let id_type = request.member_id_type.clone().unwrap_or_default();
    let mut leaving = BTreeSet::new();
    let mut invalid_id_list = Vec::new();
    for id in ids(request.id_list.as_ref(), &id_type)? {
        let member = match user_id_type(&id_type) {
            None => context.apps.by_app_id(&id).map(|bot| Actor::App(bot.row.id)),
            Some(kind) => match person::find(tx, &caller.app, &kind, &id)? {
                person::Found::User(user) => Some(Actor::User(user.id)),
                _ => None,
            },
        };
        let member = match member {
            Some(member) => tx.member(row.id, member)?,
            None => None,
        };
        match member {
            Some(member) => drop(leaving.insert(member.member)),
            None => invalid_id_list.push(id),
        }
    }
    if leaving.is_empty() {
        return Err(chat::NO_VALID_MEMBERS.into());
    }
    let only_self = leaving.iter().all(|member| *member == caller.actor());
    if !only_self && !chats::acts_as_owner(tx, caller, &row)? {
        return Err(chat::TOKEN_LACKS_PERMISSION.into());
    }
    if row.owner.is_some_and(|owner| owner != caller.actor() && leaving.contains(&owner)) {
        return Err(chat::OWNER_NOT_REMOVABLE.into());
    }
    part(tx, context, &row, caller.actor(), leaving)?;
    Ok(delete::Response { invalid_id_list, ..delete::Response::default() })
}

/// Takes members out of a group. An owner who goes hands it over.
pub(crate) fn part(
    tx: &Tx<'_>,
    context: &Context,
    row: &ChatRow,
    by: Actor,
    leaving: BTreeSet<Actor>,
) -> Result<()> {
    if row.owner.is_some_and(|owner| leaving.contains(&owner)) {
        hand_over(tx, row, &leaving)?;
    }
    let gone: Vec<_> = leaving.into_iter().collect();
    for member in &gone {
        tx.delete_member(row.id, *member)?;
    }
    event::chat::members_removed(tx, context, row, by, &gone)
}

/// Gives the chat to whoever joined first of those who stay.
fn hand_over(tx: &Tx<'_>, row: &ChatRow, leaving: &BTreeSet<Actor>) -> Result<()> {
    let staying = tx.user_members(row.id, 0, i64::MAX)?;
    let heir = staying.into_iter().map(|member| member.member).find(|member| !leaving.contains(member));
    let heir = heir.ok_or(chat::NO_OWNER_CANDIDATE)?;
    tx.update_chat(row.id, &row.settings, Some(heir))?;
    Ok(tx.set_manager(row.id, heir, false)?)
}
