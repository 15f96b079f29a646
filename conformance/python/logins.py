"""Users who let the app act in their name, and an app of the store."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import lark_oapi as lark
from lark_oapi.api.auth import v3 as auth
from lark_oapi.api.authen import v1 as authen
from lark_oapi.api.im import v1 as im

from checks import check, connect, done, make, own_data, same, section, wait_until
from workspace import act, ada, api, chen, client, lin, new_group, ready

REDIRECT = "http://127.0.0.1/done"


def code_of(user, scope=""):
    """What the authorize page gives when a user agrees."""
    query = {"client_id": ready["app_id"], "response_type": "code", "redirect_uri": REDIRECT, "scope": scope}
    url = f"{ready['base_url']}/open-apis/authen/v1/authorize?{urlencode(query)}"
    there = act("authorize", user=user["open_id"], url=url)["redirect_to"]
    return parse_qs(urlsplit(there).query)["code"][0]


def as_user(access_token):
    return lark.RequestOption.builder().user_access_token(access_token).build()


def logins():
    section("Users who log in")
    login = client.authen.v1

    def first(code):
        body = make(authen.CreateAccessTokenRequestBody, grant_type="authorization_code", code=code)
        return login.access_token.create(make(authen.CreateAccessTokenRequest, request_body=body))

    def next_of(refresh_token):
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        body = make(authen.CreateRefreshAccessTokenRequestBody, **fields)
        request = make(authen.CreateRefreshAccessTokenRequest, request_body=body)
        return login.refresh_access_token.create(request)

    def oidc(code):
        body = make(authen.CreateOidcAccessTokenRequestBody, grant_type="authorization_code", code=code)
        return login.oidc_access_token.create(make(authen.CreateOidcAccessTokenRequest, request_body=body))

    def oidc_next(refresh_token):
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        body = make(authen.CreateOidcRefreshAccessTokenRequestBody, **fields)
        request = make(authen.CreateOidcRefreshAccessTokenRequest, request_body=body)
        return login.oidc_refresh_access_token.create(request)

    def whose(access_token):
        return login.user_info.get(make(authen.GetUserInfoRequest), as_user(access_token))

    code = code_of(ada)
    token = done(first(code))
    same("by a code: who it is", (token.open_id, token.name), (ada["open_id"], ada["name"]))
    check("by a code, once more", not first(code).success(), code)
    token = done(next_of(token.refresh_token))
    check("refreshed: begins with u-", token.access_token.startswith("u-"), token.access_token)
    token = done(oidc(code_of(lin)))
    same("by OIDC: whose it is", done(whose(token.access_token)).open_id, lin["open_id"])
    token = done(oidc_next(token.refresh_token))
    same("by OIDC, refreshed: whose it is", done(whose(token.access_token)).open_id, lin["open_id"])
    check("by a code that nobody issued", not oidc("made-up").success(), "")
    check("with a token that nobody issued", not whose("u-made-up").success(), "")

    access_token = done(oidc(code_of(ada, "im:message im:message.send_as_user"))).access_token
    group = new_group("Logged in", ada, chen)
    fields = {"receive_id": group, "msg_type": "text", "content": json.dumps({"text": "By me"})}
    body = make(im.CreateMessageRequestBody, **fields)
    request = make(im.CreateMessageRequest, receive_id_type="chat_id", request_body=body)
    sender = done(api.message.create(request, as_user(access_token))).sender
    same("sent in their name", (sender.sender_type, sender.id), ("user", ada["open_id"]))


def store():
    section("An app of the store")
    connection = connect(ready["base_url"])
    # In a tenant of its own: the users of the other have one bot to talk to.
    wanted = {"name": "Seed box", "app_type": "isv", "tenant_key": "shop"}
    made = own_data(connection, "POST", "apps", wanted)
    app_id, app_secret = made["app"]["app_id"], made["app_secret"]
    kinds = client.auth.v3

    def ticket():
        """The newest that the platform has for the app."""
        known = own_data(connection, "GET", f"deliveries?app_id={app_id}")["items"]
        tickets = [one["event_id"] for one in known if one["event_type"] == "app_ticket"]
        if tickets:
            return own_data(connection, "GET", f"deliveries/{tickets[0]}")["body"]["event"]["app_ticket"]
        return None

    def resend(app_id, app_secret):
        body = make(auth.ResendAppTicketRequestBody, app_id=app_id, app_secret=app_secret)
        return kinds.app_ticket.resend(make(auth.ResendAppTicketRequest, request_body=body))

    def whole(response):
        """These answers have no `data`, and the SDK looks for nothing else."""
        return json.loads(response.raw.content)

    def app_token(app_ticket):
        fields = {"app_id": app_id, "app_secret": app_secret, "app_ticket": app_ticket}
        body = make(auth.CreateAppAccessTokenRequestBody, **fields)
        request = make(auth.CreateAppAccessTokenRequest, request_body=body)
        return whole(kinds.app_access_token.create(request))

    def tenant_token(app_access_token, tenant_key):
        fields = {"app_access_token": app_access_token, "tenant_key": tenant_key}
        body = make(auth.CreateTenantAccessTokenRequestBody, **fields)
        request = make(auth.CreateTenantAccessTokenRequest, request_body=body)
        return whole(kinds.tenant_access_token.create(request))

    before = wait_until("a ticket comes", ticket)
    same("asked for again", resend(app_id, app_secret).code, 0)
    after = wait_until("another comes", lambda: (now := ticket()) != before and now)
    token = app_token(after)
    check("app_access_token: begins with a-", token["app_access_token"].startswith("a-"), token)
    tenant = tenant_token(token["app_access_token"], "shop")
    check("tenant_access_token: begins with t-", tenant["tenant_access_token"].startswith("t-"), tenant)
    same("a ticket that nobody issued: 10012", app_token("made-up")["code"], 10012)
    same("a tenant that there is not: 10013", tenant_token(token["app_access_token"], "nowhere")["code"], 10013)
    answer = resend(ready["app_id"], ready["app_secret"])
    same("a ticket for an app of the tenant's own: 10016", answer.code, 10016)
