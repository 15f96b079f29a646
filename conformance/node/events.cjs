// Receives what happens with the official Node SDK: events.cjs LARKSPUR FOLDER
//
// The story starts the platform itself, since it also stops and kills it.
'use strict';

const lark = require('@larksuiteoapi/node-sdk');
const sdk = require('@larksuiteoapi/node-sdk/package.json');
const { tenThousand } = require('./bursts.cjs');
const { callbacks, click } = require('./callbacks.cjs');
const { check, same, section, tell, waitUntil } = require('./checks.cjs');
const {
  act,
  asked,
  beAt,
  connections,
  delivery,
  here,
  inbox,
  ledger,
  listen,
  platform,
  setApp,
} = require('./handlers.cjs');
const { ENCRYPT_KEY, attempts, failing, oldCallback, webhook, wrongAddresses } = require('./webhooks.cjs');

// How often the client with the wrong secret asked for an address.
let wrongAttempts = 0;

async function connecting() {
  section('Connecting');
  const httpInstance = {
    request(payload) {
      wrongAttempts += 1;
      return lark.defaultHttpInstance.request(payload);
    },
  };
  const told = await listen('not the secret', { httpInstance }).catch((error) => error.message);
  check('a wrong app_secret ends it: 1000040344', String(told).includes('code=1000040344'), told);
  await listen(here.ready.app_secret);
  await waitUntil('the SDK is connected', async () => (await connections()).length);
  same('connected', (await connections()).length, 1);
}

async function back() {
  section('Over the long connection again');
  const modes = { event_mode: 'long_connection', callback_mode: 'long_connection', callbacks: ['*'] };
  same('set', (await setApp({ ...modes, encrypt_key: '', request_url: '', callback_url: '' })).code, 0);
  await act('send', { user: here.ada.open_id, chat_id: here.garden, text: 'back again' });
  const event = await inbox.waitForText('back again');
  const [{ device_id }] = await connections();
  const shown = await delivery(event.event_id, 'delivered');
  same('the event comes over the connection', attempts(shown), [[device_id, 'taken', 200, null]]);
  same('so does the callback', (await click('toast')).data.toast, '好的');
  const now = await ledger();
  same('nothing is on its way', now.pending, 0);
  same('the ledger adds up', now.created, now.delivered + now.expired);
  same('the client with the wrong app_secret asked once', wrongAttempts, 1);
}

async function story() {
  console.log(`Events in Node, node-sdk ${sdk.version}`);
  await platform.start();
  beAt(platform.ready);

  same('the app listens to messages alone', (await setApp({ events: ['im.message.receive_v1'] })).code, 0);
  await connecting();
  await tenThousand();
  await callbacks();
  await webhook('');
  await webhook(ENCRYPT_KEY);
  await failing();
  await wrongAddresses();
  await oldCallback('');
  await oldCallback(ENCRYPT_KEY);
  await back();
  same('SIGTERM ends it with 0', await platform.stop('SIGTERM'), 0);
}

tell('Events in Node', story, 180, () => platform.end());
