// Tokens, and what an app learns of itself.
'use strict';

const lark = require('@larksuiteoapi/node-sdk');
const { REFUSALS, check, done, refused, same, section } = require('./checks.cjs');
const { client, clientWith, ready } = require('./workspace.cjs');

async function tokens() {
  section('Tokens');
  const { tenantAccessToken, appAccessToken } = client.auth.v3;
  const tenant = (app_id, app_secret) => tenantAccessToken.internal({ data: { app_id, app_secret } });
  const app = (app_id, app_secret) => appAccessToken.internal({ data: { app_id, app_secret } });

  // Before all else: the SDK keeps tokens by app id, and one that is kept would hide a wrong secret.
  const told = await clientWith('not the secret').im.v1.chat.list().catch((error) => error.message);
  check('a wrong app_secret: 10015', String(told).endsWith(`code: 10015, msg: ${REFUSALS[10015]}`), told);
  let answer = await tenant('cli_0123456789abcdef', ready.app_secret);
  same('an unknown app_id: 10014', [answer.code, answer.msg], [10014, REFUSALS[10014]]);
  answer = await tenant('', '');
  same('no app_id at all: 10003', [answer.code, answer.msg], [10003, REFUSALS[10003]]);

  const first = await tenant(ready.app_id, ready.app_secret);
  same('tenant_access_token', first.code, 0);
  check('tenant_access_token: begins with t-', first.tenant_access_token.startsWith('t-'), first);
  check('tenant_access_token: lasts up to two hours', first.expire >= 1800 && first.expire <= 7200, first);
  const again = (await tenant(ready.app_id, ready.app_secret)).tenant_access_token;
  same('tenant_access_token: the same while it is fresh', again, first.tenant_access_token);
  answer = await app(ready.app_id, ready.app_secret);
  same('app_access_token', answer.code, 0);
  check('app_access_token: both tokens', answer.app_access_token && answer.tenant_access_token, answer);

  // With a cache the SDK would put its own token in the place of the one passed.
  const uncached = clientWith(ready.app_secret, { disableTokenCache: true });
  const madeUp = uncached.im.v1.chat.list({}, lark.withTenantToken('t-made-up'));
  await refused('a token that nobody issued', madeUp, 99991663);
}

async function bot() {
  section('The bot');
  const answer = await client.request({ method: 'GET', url: '/open-apis/bot/v3/info' });
  same('info', [answer.code, answer.msg], [0, 'ok']);
  check('info: an open_id', answer.bot.open_id.startsWith('ou_'), answer);
  check('info: a name', answer.bot.app_name, answer);
  same('info: in use', answer.bot.activate_status, 2);
  check('info: a picture', answer.bot.avatar_url.startsWith('http'), answer);
  same('info: open to every address', answer.bot.ip_white_list, []);
}

async function theApp() {
  section('The app, its scopes, its tenant');
  const { application, scope } = client.application.v6;
  const get = (app_id, lang) => application.get({ path: { app_id }, params: { lang } });
  const { app } = await done(get('me', 'zh_cn'));
  same('the app: its id and name', [app.app_id, app.app_name], [ready.app_id, 'Gardener']);
  same('the app: in use', app.status, 1);
  await refused('an app that does not exist', get('cli_0000000000000000', 'zh_cn'), 210506);
  await refused('in no language', get('me'), 99992402);
  const { scopes } = await done(scope.list());
  const granted = scopes.filter((one) => one.grant_status === 1).map((one) => one.scope_name);
  const wanted = ['im:message', 'im:chat'];
  check("its scopes: those of the platform's apps", wanted.every((one) => granted.includes(one)), granted);
  const { ip_list } = await done(client.event.v1.outboundIp.list({ params: { page_size: 10 } }));
  check('where events come from', ip_list.includes('127.0.0.1'), ip_list);
  const { tenant } = await done(client.tenant.v2.tenant.query());
  same('its tenant', [tenant.name, tenant.tenant_key], ['Conformance', ready.tenant_key]);
}

module.exports = { bot, theApp, tokens };
