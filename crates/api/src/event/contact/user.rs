//! `contact.user`: users who come, change and go.

pub mod created_v3;
pub mod deleted_v3;
pub mod updated_v3;

use crate::{
    contact::v3::user::{
        AvatarInfo, BASE, DEPARTMENT, EMPLOYEE, EMPLOYEE_NO, GENDER, Gender, UserOrder, UserStatus,
    },
    prelude::*,
};

/// A user. A field is left out if the app lacks its scope.
#[object]
pub struct User {
    /// The user within this app.
    pub open_id: OpenId,
    /// The user across the apps of this app's developer.
    pub union_id: Option<UnionId>,
    /// The user within the tenant.
    #[field(scopes = &["contact:user.employee_id:readonly"])]
    pub user_id: Option<UserId>,
    /// The name.
    #[field(scopes = BASE)]
    pub name: Option<String>,
    /// The English name.
    #[field(scopes = BASE)]
    pub en_name: Option<String>,
    /// Another name.
    #[field(scopes = BASE)]
    pub nickname: Option<String>,
    /// The e-mail address.
    #[field(scopes = &["contact:user.email:readonly"])]
    pub email: Option<String>,
    /// The address of the tenant's own mail service.
    #[field(scopes = BASE)]
    pub enterprise_email: Option<String>,
    /// What they do.
    pub job_title: Option<String>,
    /// The phone number.
    #[field(scopes = &["contact:user.phone:readonly"])]
    pub mobile: Option<String>,
    /// The gender.
    #[field(scopes = GENDER)]
    pub gender: Option<Gender>,
    /// The picture.
    #[field(scopes = BASE)]
    pub avatar: Option<AvatarInfo>,
    /// Whether they work here.
    #[field(scopes = EMPLOYEE)]
    pub status: Option<UserStatus>,
    /// Their departments.
    #[field(scopes = DEPARTMENT)]
    pub department_ids: Option<Vec<String>>,
    /// Whom they report to.
    #[field(scopes = EMPLOYEE)]
    pub leader_user_id: Option<OpenId>,
    /// Where they work.
    #[field(scopes = EMPLOYEE)]
    pub city: Option<String>,
    /// Where they work.
    #[field(scopes = EMPLOYEE)]
    pub country: Option<String>,
    /// Where they sit.
    #[field(scopes = EMPLOYEE)]
    pub work_station: Option<String>,
    /// When they joined, in s since 1970.
    #[field(scopes = EMPLOYEE)]
    pub join_time: Option<i64>,
    /// Their number.
    #[field(scopes = EMPLOYEE_NO)]
    pub employee_no: Option<String>,
    /// How they are employed.
    #[field(scopes = EMPLOYEE)]
    pub employee_type: Option<EmployeeType>,
    /// Their place in their departments.
    #[field(scopes = DEPARTMENT)]
    pub orders: Option<Vec<UserOrder>>,
    /// What the tenant added.
    #[field(scopes = EMPLOYEE)]
    pub custom_attrs: Option<Vec<CustomAttr>>,
    /// Their job level.
    #[field(scopes = &["contact:user.job_level:readonly"])]
    pub job_level_id: Option<String>,
    /// Their job family.
    #[field(scopes = &["contact:user.job_family:readonly"])]
    pub job_family_id: Option<String>,
    /// Whom else they report to.
    #[field(scopes = &["contact:user.dotted_line_leader_info.read"])]
    pub dotted_line_leader_user_ids: Option<Vec<String>>,
}

/// How a user is employed. Tenants add kinds of their own.
#[open_enum]
pub enum EmployeeType {
    /// Regular.
    Regular = 1,
    /// As an intern.
    Intern = 2,
    /// By another company.
    Outsourced = 3,
    /// For a piece of work.
    Contractor = 4,
    /// As an adviser.
    Consultant = 5,
}

/// A field that the tenant added.
#[object]
pub struct CustomAttr {
    /// What kind of field.
    pub r#type: CustomAttrType,
    /// The field.
    pub id: String,
    /// What it holds.
    pub value: Option<CustomAttrValue>,
}

/// What kind of field a tenant added.
#[open_enum]
pub enum CustomAttrType {
    /// A text.
    Text = "TEXT",
    /// A link.
    Href = "HREF",
    /// An option.
    Enumeration = "ENUMERATION",
    /// An option with a picture.
    PictureEnum = "PICTURE_ENUM",
    /// A user.
    GenericUser = "GENERIC_USER",
}

/// What a field that the tenant added holds.
#[object]
pub struct CustomAttrValue {
    /// The text, or the title of the link.
    pub text: Option<String>,
    /// Where the link leads.
    pub url: Option<String>,
    /// Where it leads on a computer.
    pub pc_url: Option<String>,
    /// The option.
    pub option_id: Option<String>,
    /// What the option says.
    pub option_value: Option<String>,
    /// The name of the picture.
    pub name: Option<String>,
    /// The picture, as a URL.
    pub picture_url: Option<String>,
    /// The user.
    pub generic_user: Option<GenericUser>,
}

/// A user in a field that the tenant added.
#[object]
pub struct GenericUser {
    /// The user, as a `user_id`.
    pub id: UserId,
    /// 1, a user.
    pub r#type: i64,
}
