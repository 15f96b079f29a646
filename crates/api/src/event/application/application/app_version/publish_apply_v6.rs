//! `application.application.app_version.publish_apply_v6`

use crate::{event::UserIds, prelude::*};

/// Someone asks for a version of an app to be published.
#[event(
    event_type = "application.application.app_version.publish_apply_v6",
    schema = V2,
    scopes = Any(&["application:application.app_version:readonly"]),
    apps = Custom,
    long_connection,
    doc = "/uAjLw4CM/ukTMukTMukTM/application-v6/application-app_version/events/publish_apply",
    example = r#"{"schema":"2.0","header":{"event_id":"5e3702a84e847582be8db7fb73283c02","event_type":"application.application.app_version.publish_apply_v6","create_time":"1608725989000","token":"rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV","app_id":"cli_9f5343c580712544","tenant_key":"2ca1d211f64f6438"},"event":{"operator_id":{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"},"online_version":{"app_id":"cli_9f3ca975326b501b","version":"1.0.0","version_id":"oav_d317f090b7258ad0372aa53963cda70d","app_name":"应用名称","avatar_url":"https://www.example.com","description":"应用描述","scopes":[{"scope":"contact:user.base","description":"获取应用信息","level":1,"token_types":["user"]}],"back_home_url":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"应用名称","description":"应用描述","help_use":"https://www.example.com"}],"common_categories":["分析工具"],"events":["应用审核事件"],"status":1,"create_time":"1610462759","publish_time":"1610462759","ability":{"gadget":{"enable_pc_mode":1,"schema_urls":["*:*"],"pc_use_mobile_pkg":false,"pc_version":"1.0.0","mobile_version":"1.0.0","mobile_min_lark_version":"2.0","pc_min_lark_version":"2.0"},"web_app":{"pc_url":"https://www.example.com","mobile_url":"https://www.example.com"},"bot":{"card_request_url":"https://www.example.com"},"workplace_widgets":[{"min_lark_version":"1.0.0"}],"navigate":{"pc":{"version":"1.0.0","image_url":"https://www.example.com","hover_image_url":"https://www.example.com"},"mobile":{"version":"1.0.0","image_url":"https://www.example.com","hover_image_url":"https://www.example.com"}},"cloud_doc":{"space_url":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"名称","read_description":"读权限说明","write_description":"写权限说明"}],"icon_url":"https://www.example.com","mode":1},"docs_blocks":[{"block_type_id":"blk_4fb61568435880110854c1d0","i18n":[{"i18n_key":"zh_cn","name":"名称"}],"mobile_icon_url":"https://www.example.com","pc_icon_url":"https://www.example.com"}],"message_action":{"pc_app_link":"https://www.example.com","mobile_app_link":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"名称"}]},"plus_menu":{"pc_app_link":"https://www.example.com","mobile_app_link":"https://www.example.com"}},"remark":{"remark":"备注说明","update_remark":"更新说明","visibility":{"is_all":false,"visible_list":{"open_ids":[{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}],"department_ids":["od-ddee42c0f8a948a5e650341e2153243b"]},"invisible_list":{"open_ids":[{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}],"department_ids":["od-ddee42c0f8a948a5e650341e2153243b"]}}}},"under_audit_version":{"app_id":"cli_9f3ca975326b501b","version":"1.0.0","version_id":"oav_d317f090b7258ad0372aa53963cda70d","app_name":"应用名称","avatar_url":"https://www.example.com","description":"应用描述","scopes":[{"scope":"contact:user.base","description":"获取应用信息","level":1,"token_types":["user"]}],"back_home_url":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"应用名称","description":"应用描述","help_use":"https://www.example.com"}],"common_categories":["分析工具"],"events":["应用审核事件"],"status":1,"create_time":"1610462759","publish_time":"1610462759","ability":{"gadget":{"enable_pc_mode":1,"schema_urls":["*:*"],"pc_use_mobile_pkg":false,"pc_version":"1.0.0","mobile_version":"1.0.0","mobile_min_lark_version":"2.0","pc_min_lark_version":"2.0"},"web_app":{"pc_url":"https://www.example.com","mobile_url":"https://www.example.com"},"bot":{"card_request_url":"https://www.example.com"},"workplace_widgets":[{"min_lark_version":"1.0.0"}],"navigate":{"pc":{"version":"1.0.0","image_url":"https://www.example.com","hover_image_url":"https://www.example.com"},"mobile":{"version":"1.0.0","image_url":"https://www.example.com","hover_image_url":"https://www.example.com"}},"cloud_doc":{"space_url":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"名称","read_description":"读权限说明","write_description":"写权限说明"}],"icon_url":"https://www.example.com","mode":1},"docs_blocks":[{"block_type_id":"blk_4fb61568435880110854c1d0","i18n":[{"i18n_key":"zh_cn","name":"名称"}],"mobile_icon_url":"https://www.example.com","pc_icon_url":"https://www.example.com"}],"message_action":{"pc_app_link":"https://www.example.com","mobile_app_link":"https://www.example.com","i18n":[{"i18n_key":"zh_cn","name":"名称"}]},"plus_menu":{"pc_app_link":"https://www.example.com","mobile_app_link":"https://www.example.com"}},"remark":{"remark":"备注说明","update_remark":"更新说明","visibility":{"is_all":false,"visible_list":{"open_ids":[{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}],"department_ids":["od-ddee42c0f8a948a5e650341e2153243b"]},"invisible_list":{"open_ids":[{"union_id":"on_8ed6aa67826108097d9ee143816345","user_id":"e33ggbyz","open_id":"ou_84aad35d084aa403a838cf73ee18467"}],"department_ids":["od-ddee42c0f8a948a5e650341e2153243b"]}}}},"app_status":1}}"#,
)]
pub struct Event {
    /// Who asks.
    pub operator_id: Option<UserIds>,
    /// The version that users have.
    pub online_version: Option<AppVersion>,
    /// The version that is to be approved.
    pub under_audit_version: Option<AppVersion>,
    /// Whether the app is in use.
    pub app_status: AppStatus,
}

/// Whether an app is in use.
#[open_enum]
pub enum AppStatus {
    /// It is not.
    Stopped = 0,
    /// It is.
    Enabled = 1,
}

/// A version of an app.
#[object]
pub struct AppVersion {
    /// The app.
    pub app_id: AppId,
    /// The number, as the developer wrote it.
    #[field(min_len = 1)]
    pub version: String,
    /// The version.
    pub version_id: String,
    /// The name.
    #[field(min_len = 1)]
    pub app_name: Option<String>,
    /// The picture, as a URL.
    pub avatar_url: Option<String>,
    /// The description.
    #[field(min_len = 1)]
    pub description: Option<String>,
    /// The scopes it asks for.
    pub scopes: Option<Vec<AppScope>>,
    /// The page where it is managed.
    pub back_home_url: Option<String>,
    /// Name and description by language.
    #[field(min_len = 1)]
    pub i18n: Option<Vec<AppI18nInfo>>,
    /// What it is for.
    #[field(max_len = 3)]
    pub common_categories: Option<Vec<String>>,
    /// The events it subscribes to.
    pub events: Option<Vec<String>>,
    /// How far it is.
    pub status: Option<VersionStatus>,
    /// When it was made, in s.
    pub create_time: Option<Seconds>,
    /// When it was published, in s.
    pub publish_time: Option<Seconds>,
    /// What it can do.
    pub ability: Option<AppAbility>,
    /// What goes with it.
    pub remark: Option<AppVersionRemark>,
}

/// How far a version is.
#[open_enum]
pub enum VersionStatus {
    /// Not known.
    Unknown = 0,
    /// Approved.
    Audited = 1,
    /// Rejected.
    Rejected = 2,
    /// It waits for approval.
    UnderAudit = 3,
    /// Nobody has asked yet.
    Unaudited = 4,
}

/// A scope that an app asks for.
#[object]
pub struct AppScope {
    /// The scope.
    pub scope: String,
    /// What it allows.
    pub description: Option<String>,
    /// How much it allows.
    pub level: Option<ScopeLevel>,
    /// As whom.
    pub token_types: Option<Vec<TokenType>>,
}

/// How much a scope allows.
#[open_enum]
pub enum ScopeLevel {
    /// Not known.
    Unknown = 0,
    /// Little.
    Normal = 1,
    /// More.
    Advanced = 2,
    /// Much that is sensitive.
    HighlySensitive = 3,
}

/// As whom a scope is used.
#[open_enum]
pub enum TokenType {
    /// As the app.
    Tenant = "tenant",
    /// As a user.
    User = "user",
}

/// A language.
#[open_enum]
pub enum Language {
    /// Chinese.
    ZhCn = "zh_cn",
    /// English.
    EnUs = "en_us",
    /// Japanese.
    JaJp = "ja_jp",
    /// Chinese as written in Hong Kong.
    ZhHk = "zh_hk",
    /// Chinese as written in Taiwan.
    ZhTw = "zh_tw",
    /// Indonesian.
    IdId = "id_id",
    /// Malay.
    MsMy = "ms_my",
    /// German.
    DeDe = "de_de",
    /// Spanish.
    EsEs = "es_es",
    /// French.
    FrFr = "fr_fr",
    /// Italian.
    ItIt = "it_it",
    /// Portuguese as written in Brazil.
    PtBr = "pt_br",
    /// Vietnamese.
    ViVn = "vi_vn",
    /// Russian.
    RuRu = "ru_ru",
    /// Thai.
    ThTh = "th_th",
    /// Korean.
    KoKr = "ko_kr",
}

/// An app in one language.
#[object]
pub struct AppI18nInfo {
    /// The language.
    pub i18n_key: Language,
    /// The name.
    #[field(min_len = 1)]
    pub name: Option<String>,
    /// The description.
    #[field(min_len = 1)]
    pub description: Option<String>,
    /// Help, as a URL.
    pub help_use: Option<String>,
}

/// What an app can do.
#[object]
pub struct AppAbility {
    /// A mini program.
    pub gadget: Option<Gadget>,
    /// A web app.
    pub web_app: Option<WebApp>,
    /// A bot.
    pub bot: Option<Bot>,
    /// Widgets of the workplace.
    pub workplace_widgets: Option<Vec<WorkplaceWidget>>,
    /// A mini program in the main navigation.
    pub navigate: Option<Navigate>,
    /// Documents.
    pub cloud_doc: Option<CloudDoc>,
    /// Blocks of documents.
    pub docs_blocks: Option<Vec<DocsBlock>>,
    /// Something to do with a message.
    pub message_action: Option<MessageAction>,
    /// Something in the menu behind the plus sign.
    pub plus_menu: Option<PlusMenu>,
}

/// A mini program.
#[object]
pub struct Gadget {
    /// How it opens on a computer, a sum of: 1 in the sidebar, 2 in a window, 4 in the main
    /// navigation.
    pub enable_pc_mode: Option<i64>,
    /// The addresses it may open.
    pub schema_urls: Option<Vec<String>>,
    /// Whether a computer runs the package for phones.
    pub pc_use_mobile_pkg: Option<bool>,
    /// The version for computers.
    #[field(min_len = 1)]
    pub pc_version: Option<String>,
    /// The version for phones.
    #[field(min_len = 1)]
    pub mobile_version: Option<String>,
    /// The oldest client for phones that runs it.
    #[field(min_len = 1)]
    pub mobile_min_lark_version: Option<String>,
    /// The oldest client for computers that runs it.
    #[field(min_len = 1)]
    pub pc_min_lark_version: Option<String>,
}

/// A web app.
#[object]
pub struct WebApp {
    /// Its address on a computer.
    pub pc_url: Option<String>,
    /// Its address on a phone.
    pub mobile_url: Option<String>,
}

/// A bot.
#[object]
pub struct Bot {
    /// Where the callbacks of its cards go.
    pub card_request_url: Option<String>,
}

/// A widget of the workplace.
#[object]
pub struct WorkplaceWidget {
    /// The oldest client that shows it.
    pub min_lark_version: Option<String>,
}

/// A mini program in the main navigation.
#[object]
pub struct Navigate {
    /// On a computer.
    pub pc: Option<NavigateMeta>,
    /// On a phone.
    pub mobile: Option<NavigateMeta>,
}

/// A mini program in the main navigation of one kind of client.
#[object]
pub struct NavigateMeta {
    /// Its version.
    #[field(min_len = 1)]
    pub version: Option<String>,
    /// Its picture, as a URL.
    pub image_url: Option<String>,
    /// Its picture while chosen, as a URL.
    pub hover_image_url: Option<String>,
}

/// Documents.
#[object]
pub struct CloudDoc {
    /// Where they are, as a URL.
    pub space_url: Option<String>,
    /// What they are called by language.
    #[field(min_len = 1)]
    pub i18n: Option<Vec<CloudDocI18nInfo>>,
    /// Their picture, as a URL.
    pub icon_url: Option<String>,
    /// Where they open.
    pub mode: Option<CloudDocMode>,
}

/// Documents in one language.
#[object]
pub struct CloudDocI18nInfo {
    /// The language.
    pub i18n_key: Language,
    /// The name.
    pub name: Option<String>,
    /// What reading means.
    pub read_description: Option<String>,
    /// What writing means.
    pub write_description: Option<String>,
}

/// Where documents open.
#[open_enum]
pub enum CloudDocMode {
    /// Not known.
    Unknown = 0,
    /// On a phone.
    Mobile = 1,
}

/// A block of documents.
#[object]
pub struct DocsBlock {
    /// The kind of block.
    pub block_type_id: String,
    /// What it is called by language.
    #[field(min_len = 1)]
    pub i18n: Option<Vec<NameI18nInfo>>,
    /// Its picture on a phone, as a URL.
    pub mobile_icon_url: Option<String>,
    /// Its picture on a computer, as a URL.
    pub pc_icon_url: Option<String>,
}

/// A name in one language.
#[object]
pub struct NameI18nInfo {
    /// The language.
    pub i18n_key: Language,
    /// The name.
    #[field(min_len = 1)]
    pub name: Option<String>,
}

/// Something to do with a message.
#[object]
pub struct MessageAction {
    /// Where it leads on a computer.
    pub pc_app_link: Option<String>,
    /// Where it leads on a phone.
    pub mobile_app_link: Option<String>,
    /// What it is called by language.
    #[field(min_len = 1)]
    pub i18n: Option<Vec<NameI18nInfo>>,
}

/// Something in the menu behind the plus sign.
#[object]
pub struct PlusMenu {
    /// Where it leads on a computer.
    pub pc_app_link: Option<String>,
    /// Where it leads on a phone.
    pub mobile_app_link: Option<String>,
}

/// What goes with a version.
#[object]
pub struct AppVersionRemark {
    /// What the admin should know.
    pub remark: Option<String>,
    /// What is new.
    pub update_remark: Option<String>,
    /// Who is to see the app.
    pub visibility: Option<AppVisibility>,
}

/// Who is to see an app.
#[object]
pub struct AppVisibility {
    /// Whether everyone.
    pub is_all: bool,
    /// Who.
    pub visible_list: Option<AppVisibleList>,
    /// Who not.
    pub invisible_list: Option<AppVisibleList>,
}

/// Users and departments.
#[object]
pub struct AppVisibleList {
    /// The users.
    pub open_ids: Option<Vec<UserIds>>,
    /// The departments.
    pub department_ids: Option<Vec<String>>,
}
