"""Tokens, and what an app learns of itself."""

import json

import lark_oapi as lark
from lark_oapi.api.application import v6 as application
from lark_oapi.api.auth import v3 as auth
from lark_oapi.api.event import v1 as event
from lark_oapi.api.im import v1 as im
from lark_oapi.api.tenant import v2 as tenant
from lark_oapi.core.exception import ObtainAccessTokenException

from checks import REFUSALS, check, done, make, refused, same, section
from workspace import api, client, client_with, get_raw, ready


def tokens():
    section("Tokens")

    def token(kind, request, body, app_id, app_secret):
        body = make(body, app_id=app_id, app_secret=app_secret)
        # These answers have no `data`, and the SDK looks for nothing else.
        return json.loads(kind.internal(make(request, request_body=body)).raw.content)

    def tenant_token(app_id, app_secret):
        kinds = auth.InternalTenantAccessTokenRequest, auth.InternalTenantAccessTokenRequestBody
        return token(client.auth.v3.tenant_access_token, *kinds, app_id, app_secret)

    def app_token(app_id, app_secret):
        kinds = auth.InternalAppAccessTokenRequest, auth.InternalAppAccessTokenRequestBody
        return token(client.auth.v3.app_access_token, *kinds, app_id, app_secret)

    # Before all else: the SDK keeps tokens by app id, and one that is kept would hide a wrong secret.
    try:
        client_with("not the secret").im.v1.chat.list(make(im.ListChatRequest))
        check("a wrong app_secret: 10015", False, "it got a token")
    except ObtainAccessTokenException as error:
        same("a wrong app_secret: 10015", (error.code, error.msg), (10015, REFUSALS["10015"]))
    answer = tenant_token("cli_0123456789abcdef", ready["app_secret"])
    same("an unknown app_id: 10014", (answer["code"], answer["msg"]), (10014, REFUSALS["10014"]))
    answer = tenant_token("", "")
    same("no app_id at all: 10003", (answer["code"], answer["msg"]), (10003, REFUSALS["10003"]))

    first = tenant_token(ready["app_id"], ready["app_secret"])
    same("tenant_access_token", first["code"], 0)
    check("tenant_access_token: begins with t-", first["tenant_access_token"].startswith("t-"), first)
    check("tenant_access_token: lasts up to two hours", 1800 <= first["expire"] <= 7200, first)
    again = tenant_token(ready["app_id"], ready["app_secret"])["tenant_access_token"]
    same("tenant_access_token: the same while it is fresh", again, first["tenant_access_token"])
    answer = app_token(ready["app_id"], ready["app_secret"])
    same("app_access_token", answer["code"], 0)
    both = answer["app_access_token"] and answer["tenant_access_token"]
    check("app_access_token: both tokens", both, answer)

    option = lark.RequestOption.builder().tenant_access_token("t-made-up").build()
    refused("a token that nobody issued", api.chat.list(make(im.ListChatRequest), option), 99991663)


def bot():
    section("The bot")
    answer = get_raw("/open-apis/bot/v3/info")
    same("info", (answer["code"], answer["msg"]), (0, "ok"))
    check("info: an open_id", answer["bot"]["open_id"].startswith("ou_"), answer)
    check("info: a name", answer["bot"]["app_name"], answer)
    same("info: in use", answer["bot"]["activate_status"], 2)
    check("info: a picture", answer["bot"]["avatar_url"].startswith("http"), answer)
    same("info: open to every address", answer["bot"]["ip_white_list"], [])


def the_app():
    section("The app, its scopes, its tenant")
    info = client.application.v6.application
    app = done(info.get(make(application.GetApplicationRequest, app_id="me", lang="zh_cn"))).app
    same("the app: its id and name", (app.app_id, app.app_name), (ready["app_id"], "Gardener"))
    same("the app: in use", app.status, 1)
    answer = info.get(make(application.GetApplicationRequest, app_id="cli_0000000000000000", lang="zh_cn"))
    refused("an app that does not exist", answer, 210506)
    refused("in no language", info.get(make(application.GetApplicationRequest, app_id="me")), 99992402)

    scopes = done(client.application.v6.scope.list(make(application.ListScopeRequest))).scopes
    granted = {one.scope_name for one in scopes if one.grant_status == 1}
    check("its scopes: those of the platform's apps", {"im:message", "im:chat"} <= granted, granted)

    addresses = done(client.event.v1.outbound_ip.list(make(event.ListOutboundIpRequest, page_size=10)))
    check("where events come from", "127.0.0.1" in addresses.ip_list, addresses.ip_list)
    tenant_info = done(client.tenant.v2.tenant.query(make(tenant.QueryTenantRequest))).tenant
    same("its tenant", (tenant_info.name, tenant_info.tenant_key), ("Conformance", ready["tenant_key"]))
