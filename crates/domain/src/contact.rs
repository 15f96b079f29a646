//! Users, as far as an app may see them.

pub mod department;
mod page;
pub mod search;

use larkspur_api::{
    code::contact,
    contact::v3::user::{AvatarInfo, BasicUser, User, UserStatus, batch_get_id::UserContactInfo},
    im::v1::message::I18nNames,
    user::{DepartmentIdType, UserIdType},
};
use larkspur_store::{View, user::UserRow};

use crate::{App, Caller, Context, Result, person};

/// A user as the contact API shows them. The gateway takes out what the app has no scope for.
pub fn show(
    view: &View<'_>,
    context: &Context,
    app: &App,
    user: &UserRow,
    departments: &DepartmentIdType,
) -> Result<User> {
    let picture = context.avatar_url(None);
    Ok(User {
        union_id: user.union_id.as_str().into(),
        user_id: Some(user.user_id.as_str().into()),
        open_id: person::name_of(view, app, &UserIdType::OpenId, user)?.into(),
        name: Some(user.name.clone()),
        en_name: Some(user.en_name.clone()),
        nickname: Some(String::new()),
        email: Some(user.email.clone().unwrap_or_default()),
        mobile: Some(user.mobile.clone().unwrap_or_default()),
        mobile_visible: Some(true),
        avatar: Some(AvatarInfo {
            avatar_72: Some(picture.clone()),
            avatar_240: Some(picture.clone()),
            avatar_640: Some(picture.clone()),
            avatar_origin: Some(picture),
            ..AvatarInfo::default()
        }),
        status: Some(status(user)),
        department_ids: Some(department::of_user(view, user.id, departments)?),
        is_tenant_manager: Some(false),
        employee_type: Some(1),
        ..User::default()
    })
}

fn status(user: &UserRow) -> UserStatus {
    UserStatus { is_resigned: user.resigned, is_activated: !user.resigned, ..UserStatus::default() }
}

/// The user that an id names; refused if the app may not see them.
pub fn get(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    id_type: &UserIdType,
    id: &str,
    departments: &DepartmentIdType,
) -> Result<User> {
    let user = person::find(view, &caller.app, id_type, id)?.or_refuse(id_type, id)?;
    if !caller.app.is_available_to(user.id) {
        return Err(contact::NO_USER_AUTHORITY.into());
    }
    show(view, context, &caller.app, &user, departments)
}

/// The users that ids name, without those the app may not see.
pub fn batch(
    view: &View<'_>,
    context: &Context,
    caller: &Caller,
    id_type: &UserIdType,
    ids: &[String],
    departments: &DepartmentIdType,
) -> Result<Vec<User>> {
    let mut users = Vec::with_capacity(ids.len());
    for id in ids {
        if let person::Found::User(user) = person::find(view, &caller.app, id_type, id)?
            && caller.app.is_available_to(user.id)
        {
            users.push(show(view, context, &caller.app, &user, departments)?);
        }
    }
    Ok(users)
}

/// The names of users, whether or not the app may see more of them.
pub fn names(
    view: &View<'_>,
    caller: &Caller,
    id_type: &UserIdType,
    ids: &[String],
) -> Result<Vec<BasicUser>> {
    let mut users = Vec::with_capacity(ids.len());
    for id in ids {
        if let person::Found::User(user) = person::find(view, &caller.app, id_type, id)? {
            let i18n_name = I18nNames {
                zh_cn: Some(user.name.clone()),
                en_us: Some(if user.en_name.is_empty() { user.name.clone() } else { user.en_name }),
                ja_jp: Some(user.name.clone()),
                ..I18nNames::default()
            };
            users.push(BasicUser {
                user_id: id.clone(),
                name: user.name,
                i18n_name: Some(i18n_name),
                ..BasicUser::default()
            });
        }
    }
    Ok(users)
}

/// Whom e-mail addresses and phone numbers find. Each comes back, with or without a user.
pub fn find_by_contact(
    view: &View<'_>,
    caller: &Caller,
    id_type: &UserIdType,
    emails: Vec<String>,
    mobiles: Vec<String>,
    include_resigned: bool,
) -> Result<Vec<UserContactInfo>> {
    let entry = |found: Option<UserRow>, mut info: UserContactInfo| -> Result<UserContactInfo> {
        let seen =
            |user: &UserRow| caller.app.is_available_to(user.id) && (include_resigned || !user.resigned);
        if let Some(user) = found.filter(seen) {
            info.user_id = Some(person::name_of(view, &caller.app, id_type, &user)?);
            info.status = Some(status(&user));
        }
        Ok(info)
    };
    let mut list = Vec::with_capacity(emails.len() + mobiles.len());
    for email in emails {
        let found = view.user_by_email(caller.tenant_key(), &email)?;
        list.push(entry(found, UserContactInfo { email: Some(email), ..UserContactInfo::default() })?);
    }
    for mobile in mobiles {
        let found = view.user_by_mobile(caller.tenant_key(), &mobile)?;
        list.push(entry(found, UserContactInfo { mobile: Some(mobile), ..UserContactInfo::default() })?);
    }
    Ok(list)
}
