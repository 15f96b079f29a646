//! Departments, as far as an app may see them: all, or none if it is not there for everyone.

use larkspur_api::{
    code::contact,
    contact::v3::{
        department::{
            Department, DepartmentLeader, DepartmentStatus, Departments, ROOT, batch, children, get, parent,
            search, unbind_department_chat,
        },
        scope::list,
        user::find_by_department,
    },
    im::v1::message::I18nNames,
    user::{DepartmentIdType, UserIdType},
};
use larkspur_store::{Tx, View, department::DepartmentRow};

use super::page::{INVALID, Page};
use crate::{Caller, Context, Result, page, person};

/// What an id names.
enum Found {
    Root,
    Below(DepartmentRow),
    Nothing,
}

/// In which form ids are given.
struct Form {
    user_id_type: UserIdType,
    department_id_type: DepartmentIdType,
}

impl Form {
    fn new(user: Option<&UserIdType>, department: Option<&DepartmentIdType>) -> Self {
        Self {
            user_id_type: user.cloned().unwrap_or_default(),
            department_id_type: department.cloned().unwrap_or_default(),
        }
    }
}

/// What a department is called.
pub(crate) fn name_of(row: &DepartmentRow, id_type: &DepartmentIdType) -> String {
    match id_type {
        DepartmentIdType::DepartmentId => row.department_id.clone(),
        DepartmentIdType::OpenDepartmentId | DepartmentIdType::Other(_) => row.open_department_id.clone(),
    }
}

/// The departments of a user, the main one first. Who is in none is in the root.
pub(crate) fn of_user(view: &View<'_>, user: i64, id_type: &DepartmentIdType) -> Result<Vec<String>> {
    let rows = view.departments_of(user)?;
    if rows.is_empty() {
        return Ok(vec![ROOT.to_owned()]);
    }
    Ok(rows.iter().map(|row| name_of(row, id_type)).collect())
}

/// The department that an id of either kind names. The root is none.
pub(crate) fn below_root(view: &View<'_>, caller: &Caller, id: &str) -> Result<Option<DepartmentRow>> {
    let row = match id.starts_with("od-") {
        true => view.department_by_open_id(id)?,
        false => view.department_by_department_id(caller.tenant_key(), id)?,
    };
    Ok(row.filter(|row| row.tenant_key == caller.tenant_key()))
}

fn find(view: &View<'_>, caller: &Caller, id_type: &DepartmentIdType, id: &str) -> Result<Found> {
    if id == ROOT {
        return Ok(Found::Root);
    }
    let row = match id_type {
        DepartmentIdType::DepartmentId => view.department_by_department_id(caller.tenant_key(), id)?,
        _ => view.department_by_open_id(id)?,
    };
    let row = row.filter(|row| row.tenant_key == caller.tenant_key());
    Ok(row.map_or(Found::Nothing, Found::Below))
}

/// The contact range of an app names users alone: unless it is everyone, no department is in it.
fn check_range(caller: &Caller) -> Result<()> {
    if caller.app.is_for_everyone() { Ok(()) } else { Err(contact::DEPARTMENT_DENIED.into()) }
}

/// A department.
pub fn get(view: &View<'_>, caller: &Caller, request: &get::Request) -> Result<get::Response> {
    check_range(caller)?;
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let department = match find(view, caller, &form.department_id_type, &request.department_id)? {
        Found::Root => root(view, caller)?,
        Found::Below(row) => show(view, caller, &row, &form)?,
        Found::Nothing => return Err(contact::DEPARTMENT_UNKNOWN.into()),
    };
    Ok(get::Response { department, ..get::Response::default() })
}

/// Several departments, without those that do not exist.
pub fn batch(view: &View<'_>, caller: &Caller, request: &batch::Request) -> Result<batch::Response> {
    check_range(caller)?;
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let mut items = Vec::with_capacity(request.department_ids.len());
    for id in &request.department_ids {
        match find(view, caller, &form.department_id_type, id)? {
            Found::Root => items.push(root(view, caller)?),
            Found::Below(row) => items.push(show(view, caller, &row, &form)?),
            Found::Nothing => {}
        }
    }
    Ok(batch::Response { items, ..batch::Response::default() })
}

/// The departments below one.
pub fn children(view: &View<'_>, caller: &Caller, request: &children::Request) -> Result<Departments> {
    check_range(caller)?;
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let tenant_key = caller.tenant_key();
    let of = match find(view, caller, &form.department_id_type, &request.department_id)? {
        Found::Root => None,
        Found::Below(row) => Some(row.id),
        Found::Nothing => return Err(contact::DEPARTMENT_NULL.into()),
    };
    let deep = request.fetch_child == Some(true);
    let identity = format!("contact.v3.department.children {tenant_key} {of:?} {deep}");
    let page = Page::read(&identity, request.page_size, 10, request.page_token.as_deref(), INVALID)?;
    let rows = match of {
        Some(of) if deep => view.departments_deep_below(of, page.after, page.limit())?,
        None if deep => view.departments(tenant_key, page.after, page.limit())?,
        of => view.departments_below(tenant_key, of, page.after, page.limit())?,
    };
    shown(view, caller, &page, rows, &form)
}

/// The departments above one, the nearest first.
pub fn parent(view: &View<'_>, caller: &Caller, request: &parent::Request) -> Result<Departments> {
    check_range(caller)?;
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let row = match find(view, caller, &form.department_id_type, &request.department_id)? {
        Found::Root => return Err(contact::ROOT_DEPARTMENT.into()),
        Found::Below(row) => row,
        Found::Nothing => return Err(contact::DEPARTMENT_NULL.into()),
    };
    let identity = format!("contact.v3.department.parent {}", row.id);
    let page = Page::read(&identity, request.page_size, 20, request.page_token.as_deref(), INVALID)?;
    let mut rows = Vec::new();
    let mut above = row.parent;
    while let Some(id) = above {
        let Some(row) = view.department_by_row(id)? else { break };
        above = row.parent;
        rows.push(row);
    }
    // The rows go upwards, so a page begins behind the row it ended with.
    let begin = rows.iter().position(|row| row.id == page.after).map_or(0, |at| at + 1);
    shown(view, caller, &page, rows.into_iter().skip(begin).collect(), &form)
}

/// The departments with a text in their names.
pub fn search(view: &View<'_>, caller: &Caller, request: &search::Request) -> Result<Departments> {
    check_range(caller)?;
    let query = request.query.trim();
    if query.is_empty() {
        return Err(contact::SEARCH_INVALID_PARAM.into());
    }
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let wrong = (contact::SEARCH_INVALID_PARAM, contact::SEARCH_INVALID_PARAM);
    let identity = format!("contact.v3.department.search {} {query}", caller.tenant_key());
    let page = Page::read(&identity, request.page_size, 20, request.page_token.as_deref(), wrong)?;
    let rows = view.departments_named(caller.tenant_key(), query, page.after, page.limit())?;
    shown(view, caller, &page, rows, &form)
}

/// Makes the group of a department a group like any other.
pub fn unbind_chat(tx: &Tx<'_>, caller: &Caller, request: &unbind_department_chat::Request) -> Result<()> {
    check_range(caller)?;
    let id_type = request.department_id_type.clone().unwrap_or_default();
    match find(tx, caller, &id_type, &request.department_id)? {
        Found::Root => Err(contact::ROOT_DEPARTMENT.into()),
        Found::Nothing => Err(contact::DEPARTMENT_DENIED.into()),
        Found::Below(row) if row.chat.is_none() => Err(contact::DEPARTMENT_WITHOUT_CHAT.into()),
        Found::Below(row) => Ok(tx.set_department_chat(row.id, None)?),
    }
}

/// What of the contacts an app may see: users first, then departments.
pub fn visible(view: &View<'_>, caller: &Caller, request: &list::Request) -> Result<list::Response> {
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let tenant_key = caller.tenant_key();
    let mut users = Vec::new();
    let mut departments = Vec::new();
    if caller.app.is_for_everyone() {
        users = view.root_users(tenant_key, 0, i64::MAX)?;
        departments = view.departments_below(tenant_key, None, 0, i64::MAX)?;
    } else {
        let all = view.users(tenant_key)?.into_iter();
        users.extend(all.filter(|user| caller.app.is_available_to(user.id)).map(|user| user.id));
    }
    let identity = format!("contact.v3.scope.list {}", caller.app.row.id);
    let page = Page::read(&identity, request.page_size, 50, request.page_token.as_deref(), INVALID)?;
    // Its places are numbers in the whole list: users, then departments.
    let begin = usize::try_from(page.after).unwrap_or_default();
    let size = usize::try_from(page.size).unwrap_or_default();
    let (all, end) = (users.len() + departments.len(), begin.saturating_add(size));
    let mut user_ids = Vec::new();
    for user in users.iter().skip(begin).take(size) {
        if let Some(user) = view.user_by_row(*user)? {
            user_ids.push(person::name_of(view, &caller.app, &form.user_id_type, &user)?);
        }
    }
    let rest = departments.iter().skip(begin.saturating_sub(users.len()));
    let left = size - users.len().saturating_sub(begin).min(size);
    let department_ids: Vec<_> = rest.take(left).map(|row| name_of(row, &form.department_id_type)).collect();
    let has_more = all > end;
    let next = i64::try_from(end).unwrap_or(i64::MAX);
    Ok(list::Response {
        user_ids: Some(user_ids).filter(|ids| !ids.is_empty()),
        department_ids: Some(department_ids).filter(|ids| !ids.is_empty()),
        has_more,
        page_token: has_more.then(|| page::token(&identity, (0, next))),
        ..list::Response::default()
    })
}

/// The users right in a department.
pub fn users(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    request: &find_by_department::Request,
) -> Result<find_by_department::Response> {
    check_range(caller)?;
    let form = Form::new(request.user_id_type.as_ref(), request.department_id_type.as_ref());
    let of = match find(view, caller, &form.department_id_type, &request.department_id)? {
        Found::Root => None,
        Found::Below(row) => Some(row.id),
        Found::Nothing => return Err(contact::DEPARTMENT_DENIED.into()),
    };
    let identity = format!("contact.v3.user.find_by_department {} {of:?}", caller.tenant_key());
    let page = Page::read(&identity, request.page_size, 10, request.page_token.as_deref(), INVALID)?;
    let mut rows = match of {
        Some(of) => view.department_users(of, page.after, page.limit())?,
        None => view.root_users(caller.tenant_key(), page.after, page.limit())?,
    };
    let page_token = page.cut(&mut rows, |row| *row);
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(user) = view.user_by_row(row)? {
            items.push(super::show(view, context, &caller.app, &user, &form.department_id_type)?);
        }
    }
    let has_more = page_token.is_some();
    Ok(find_by_department::Response {
        items,
        has_more,
        page_token,
        ..find_by_department::Response::default()
    })
}

/// A page of rows, shown.
fn shown(
    view: &View<'_>,
    caller: &Caller,
    page: &Page<'_>,
    mut rows: Vec<DepartmentRow>,
    form: &Form,
) -> Result<Departments> {
    let page_token = page.cut(&mut rows, |row| row.id);
    let items = rows.iter().map(|row| show(view, caller, row, form)).collect::<Result<_>>()?;
    Ok(Departments { has_more: page_token.is_some(), page_token, items, ..Departments::default() })
}

/// The root: it has a name and members, and nothing above it.
fn root(view: &View<'_>, caller: &Caller) -> Result<Department> {
    let members = view.users(caller.tenant_key())?.iter().filter(|user| !user.resigned).count();
    let members = i64::try_from(members).unwrap_or(i64::MAX);
    Ok(Department {
        name: view.tenant_name(caller.tenant_key())?,
        department_id: Some(ROOT.to_owned()),
        open_department_id: Some(ROOT.to_owned()),
        member_count: Some(members),
        primary_member_count: Some(members),
        status: Some(DepartmentStatus::default()),
        ..Department::default()
    })
}

fn show(view: &View<'_>, caller: &Caller, row: &DepartmentRow, form: &Form) -> Result<Department> {
    let above = row.parent.map(|id| view.department_by_row(id)).transpose()?.flatten();
    let parent = above.map_or_else(|| ROOT.to_owned(), |row| name_of(&row, &form.department_id_type));
    let leader = match row.leader.map(|id| view.user_by_row(id)).transpose()?.flatten() {
        Some(user) => Some(person::name_of(view, &caller.app, &form.user_id_type, &user)?),
        None => None,
    };
    let chat = row.chat.map(|id| view.chat_by_row(id)).transpose()?.flatten();
    let english = Some(row.en_name.clone()).filter(|name| !name.is_empty());
    let i18n_name = I18nNames { zh_cn: Some(row.name.clone()), en_us: english, ..I18nNames::default() };
    let members = view.department_users_deep(row.id)?.len();
    let leaders = leader.iter().map(|id| DepartmentLeader {
        leaderType: 1,
        leaderID: id.clone(),
        ..DepartmentLeader::default()
    });
    Ok(Department {
        name: Some(row.name.clone()),
        i18n_name: Some(i18n_name),
        parent_department_id: Some(parent),
        department_id: Some(row.department_id.clone()),
        open_department_id: Some(row.open_department_id.clone()),
        leaders: Some(leaders.collect::<Vec<_>>()).filter(|leaders| !leaders.is_empty()),
        leader_user_id: leader,
        chat_id: chat.map(|chat| chat.chat_id.into()),
        order: Some(row.id.to_string()),
        member_count: Some(i64::try_from(members).unwrap_or(i64::MAX)),
        primary_member_count: Some(view.primary_member_count(row.id)?),
        status: Some(DepartmentStatus::default()),
        ..Department::default()
    })
}
