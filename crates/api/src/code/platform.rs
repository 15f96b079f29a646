//! Refusals of the endpoints that tell of apps, tenants and the platform itself.
//!
//! Source: the error tables of `application.v6.application.get`, `application.v6.scope.list`,
//! `tenant.v2.tenant.query` and `event.v1.outbound_ip.list`. The page of the tenant gives its texts in Chinese only.

super::codes! {
    APP_ID_INVALID = 210503, "invalid app_id" => "send `me`, or an app_id: cli_ and 16 hex digits";
    APP_NOT_IN_TENANT = 210504, "no such app in tenant" => "the app belongs to another tenant";
    APP_NOT_CUSTOM = 210505, "target app not a custom app" => "only custom apps can be asked about";
    APP_UNKNOWN = 210506, "no such app" => "check the app_id";
    APP_LEVEL_INSUFFICIENT = 210508, "insufficient permission level" => "asking about other apps needs the scope admin:app.info:readonly";
    APP_NOT_INSTALLED = 212100, "app not install" => "install the app in this tenant";
    TENANT_UNKNOWN = 1184000 / 404, "企业不存在" => "check the tenant_access_token";
    TENANT_FORBIDDEN = 1184001 / 403, "无权限获取企业信息" => "let the tenant use the app first";
    OUTBOUND_IP_PARAM = 1810001, "param is invalid" => "check page_size and page_token";
}
