// Users who let the app act in their name, and an app of the store.
'use strict';

const lark = require('@larksuiteoapi/node-sdk');
const { check, done, ownData, same, section, waitUntil } = require('./checks.cjs');
const { act, ada, chen, client, lin, message, newGroup, ready } = require('./workspace.cjs');

const REDIRECT = 'http://127.0.0.1/done';

// What the authorize page gives when a user agrees.
async function codeOf(user, scope = '') {
  const query = { client_id: ready.app_id, response_type: 'code', redirect_uri: REDIRECT, scope };
  const url = `${ready.base_url}/open-apis/authen/v1/authorize?${new URLSearchParams(query)}`;
  const { redirect_to } = await act('authorize', { user: user.open_id, url });
  return new URL(redirect_to).searchParams.get('code');
}

const fails = (call) => call.then((answer) => answer.code !== 0, () => true);

async function logins() {
  section('Users who log in');
  const login = client.authen.v1;
  const by = (method) => (code) => method.create({ data: { grant_type: 'authorization_code', code } });
  const after = (method) => (refresh_token) =>
    method.create({ data: { grant_type: 'refresh_token', refresh_token } });
  const whose = (token) => login.userInfo.get({}, lark.withUserAccessToken(token));

  const code = await codeOf(ada);
  let token = await done(by(login.accessToken)(code));
  same('by a code: who it is', [token.open_id, token.name], [ada.open_id, ada.name]);
  check('by a code, once more', await fails(by(login.accessToken)(code)), code);
  token = await done(after(login.refreshAccessToken)(token.refresh_token));
  check('refreshed: begins with u-', token.access_token.startsWith('u-'), token.access_token);
  token = await done(by(login.oidcAccessToken)(await codeOf(lin)));
  same('by OIDC: whose it is', (await done(whose(token.access_token))).open_id, lin.open_id);
  token = await done(after(login.oidcRefreshAccessToken)(token.refresh_token));
  same('by OIDC, refreshed: whose it is', (await done(whose(token.access_token))).open_id, lin.open_id);
  check('by a code that nobody issued', await fails(by(login.oidcAccessToken)('made-up')));
  check('with a token that nobody issued', await fails(whose('u-made-up')));

  const asAda = await codeOf(ada, 'im:message im:message.send_as_user');
  const { access_token } = await done(by(login.oidcAccessToken)(asAda));
  const receive_id = await newGroup('Logged in', [ada, chen]);
  const data = { receive_id, msg_type: 'text', content: JSON.stringify({ text: 'By me' }) };
  const inTheirName = lark.withUserAccessToken(access_token);
  const { sender } = await done(message.create({ params: { receive_id_type: 'chat_id' }, data }, inTheirName));
  same('sent in their name', [sender.sender_type, sender.id], ['user', ada.open_id]);
}

async function store() {
  section('An app of the store');
  const own = (method, path, body) => ownData(ready.base_url, method, path, body);
  // In a tenant of its own: the users of the other have one bot to talk to.
  const wanted = { name: 'Bulb box', app_type: 'isv', tenant_key: 'shop' };
  const { app, app_secret } = await own('POST', 'apps', wanted);
  const { app_id } = app;
  const { appAccessToken, appTicket, tenantAccessToken } = client.auth.v3;

  // The newest that the platform has for the app.
  async function ticket() {
    const { items } = await own('GET', `deliveries?app_id=${app_id}`);
    const newest = items.find((one) => one.event_type === 'app_ticket');
    return newest && (await own('GET', `deliveries/${newest.event_id}`)).body.event.app_ticket;
  }
  const resend = (app_id, app_secret) => appTicket.resend({ data: { app_id, app_secret } });
  const appToken = (app_ticket) => appAccessToken.create({ data: { app_id, app_secret, app_ticket } });
  const tenantToken = (app_access_token, tenant_key) =>
    tenantAccessToken.create({ data: { app_access_token, tenant_key } });

  const before = await waitUntil('a ticket comes', ticket);
  same('asked for again', (await resend(app_id, app_secret)).code, 0);
  const after = await waitUntil('another comes', async () => {
    const now = await ticket();
    return now !== before && now;
  });
  const { app_access_token } = await appToken(after);
  check('app_access_token: begins with a-', app_access_token.startsWith('a-'), app_access_token);
  const { tenant_access_token } = await tenantToken(app_access_token, 'shop');
  check('tenant_access_token: begins with t-', tenant_access_token.startsWith('t-'), tenant_access_token);
  same('a ticket that nobody issued: 10012', (await appToken('made-up')).code, 10012);
  same('a tenant that there is not: 10013', (await tenantToken(app_access_token, 'nowhere')).code, 10013);
  const ofOwn = await resend(ready.app_id, ready.app_secret);
  same("a ticket for an app of the tenant's own: 10016", ofOwn.code, 10016);
}

module.exports = { logins, store };
