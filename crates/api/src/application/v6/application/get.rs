//! `GET /open-apis/application/v6/applications/:app_id`

use crate::prelude::*;

/// Tells what an app is: name, state, scopes, owner.
///
/// Every app may ask about itself; asking about others needs `admin:app.info:readonly`.
#[endpoint(
    id = "application.v6.application.get",
    method = GET,
    path = "/open-apis/application/v6/applications/:app_id",
    tenant = Any(&["application:application:self_manage", "admin:app.info:readonly"]),
    rate = Rate::per_second(50),
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application/get",
    cli = "application get",
    response = Response,
    errors = [
        code::platform::APP_ID_INVALID,
        code::platform::APP_NOT_IN_TENANT,
        code::platform::APP_NOT_CUSTOM,
        code::platform::APP_UNKNOWN,
        code::platform::APP_LEVEL_INSUFFICIENT,
    ],
    example = r#"{"app_id":"cli_9b445f5258795107","lang":"zh_cn","user_id_type":"open_id"}"#,
)]
pub struct Request {
    /// The app: `me`, or an `app_id`.
    #[path]
    pub app_id: AppId,
    /// In which language.
    #[query(min_len = 1)]
    pub lang: Lang,
    /// In which form users are given.
    #[query(default = "open_id")]
    pub user_id_type: Option<UserIdType>,
}

/// A language that can be asked for.
#[open_enum]
pub enum Lang {
    /// Chinese.
    ZhCn = "zh_cn",
    /// English.
    EnUs = "en_us",
    /// Japanese.
    JaJp = "ja_jp",
}

/// The app.
#[object]
pub struct Response {
    /// The app.
    pub app: Application,
}

/// An app, as its page in a developer console shows it.
#[object]
pub struct Application {
    /// The app.
    pub app_id: AppId,
    /// Who made it.
    pub creator_id: Option<String>,
    /// Whether the tenant uses it.
    pub status: AppStatus,
    /// For whom it is.
    pub scene_type: SceneType,
    /// Whether it costs anything.
    pub payment_type: PaymentType,
    /// What made it. Given for apps of Base only.
    pub create_source: Option<String>,
    /// Where a browser may be sent after a login.
    pub redirect_urls: Option<Vec<String>>,
    /// The version in use.
    pub online_version_id: Option<String>,
    /// The version under review.
    pub unaudit_version_id: Option<String>,
    /// The name.
    pub app_name: Option<String>,
    /// The picture, as a URL.
    pub avatar_url: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// What it may do.
    pub scopes: Option<Vec<AppScope>>,
    /// Where its administrators go.
    pub back_home_url: Option<String>,
    /// Name and description by language.
    pub i18n: Option<Vec<AppI18nInfo>>,
    /// The language it is written in.
    pub primary_language: Option<Lang>,
    /// What it is for.
    pub common_categories: Option<Vec<String>>,
    /// Who owns it.
    pub owner: Option<Owner>,
    /// What opens on a phone.
    pub mobile_default_ability: Option<String>,
    /// What opens on a computer.
    pub pc_default_ability: Option<String>,
}

/// Whether a tenant uses an app.
#[open_enum]
pub enum AppStatus {
    /// It was disabled.
    Disabled = 0,
    /// It is in use.
    Enabled = 1,
    /// It is not yet in use.
    NotEnabled = 2,
    /// Nobody knows.
    Unknown = 3,
}

/// For whom an app is.
#[open_enum]
pub enum SceneType {
    /// For the tenant that made it.
    Custom = 0,
    /// For everyone, from the store.
    Store = 1,
    /// For persons, from the store.
    PersonalStore = 2,
    /// Nobody knows.
    Unknown = 3,
}

/// Whether an app costs anything.
#[open_enum]
pub enum PaymentType {
    /// It does not.
    Free = 0,
    /// It does.
    Paid = 1,
}

/// A scope of an app.
#[object]
pub struct AppScope {
    /// Its name.
    pub scope: String,
    /// What it allows.
    pub description: Option<String>,
    /// How sensitive it is.
    pub level: ScopeLevel,
    /// With which tokens it counts: `tenant`, `user`.
    pub token_types: Vec<String>,
}

/// How sensitive a scope is.
#[open_enum]
pub enum ScopeLevel {
    /// Nobody knows.
    Unknown = 0,
    /// Plain.
    Plain = 1,
    /// Needs a review.
    Advanced = 2,
    /// Needs a closer one.
    Sensitive = 3,
}

/// Name and description in one language.
#[object]
pub struct AppI18nInfo {
    /// The language.
    pub i18n_key: String,
    /// The name.
    pub name: String,
    /// The description.
    pub description: Option<String>,
    /// Where help is found.
    pub help_use: Option<String>,
}

/// The owner of an app.
#[object]
pub struct Owner {
    /// What the owner is.
    pub r#type: OwnerType,
    /// The user.
    pub owner_id: Option<String>,
    /// The name of the developer. Given for apps of the store only.
    pub name: Option<String>,
    /// Where help is found. Given for apps of the store only.
    pub help_desk: Option<String>,
    /// The address of the developer. Given for apps of the store only.
    pub email: Option<String>,
    /// The phone number of the developer. Given for apps of the store only.
    pub phone: Option<String>,
    /// The account that answers customers. Given for apps of the store only.
    pub customer_service_account: Option<String>,
}

/// What the owner of an app is.
#[open_enum]
pub enum OwnerType {
    /// The vendor.
    Vendor = 0,
    /// A partner of the vendor.
    Partner = 1,
    /// A member of the tenant.
    Member = 2,
}
