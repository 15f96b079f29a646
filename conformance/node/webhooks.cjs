// What the app is told and asked at addresses of its own.
'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { text } = require('node:stream/consumers');
const lark = require('@larksuiteoapi/node-sdk');
const { click } = require('./callbacks.cjs');
const { check, same, section, waitUntil } = require('./checks.cjs');
const {
  WATERED,
  act,
  app,
  ask,
  asked,
  card,
  cardNow,
  delivery,
  dispatcher,
  here,
  inbox,
  listen,
  newGroup,
  setApp,
  silent,
  updateCard,
  words,
} = require('./handlers.cjs');

const ENCRYPT_KEY = 'v3ct0r-encrypt-key';

// An HTTP server with a handler of the SDK behind it, for as long as a part of the story takes.
async function receiving(handler, part) {
  const adapted = lark.adaptDefault('/webhook', handler, { autoChallenge: true });
  const requests = [];
  const server = http.createServer((request, response) => {
    const seen = { headers: request.headers, body: '' };
    requests.push(seen);
    request.on('data', (chunk) => {
      seen.body += chunk;
    });
    // The adapter passes on what a handler throws, and whoever uses it has to answer then.
    adapted(request, response).catch(() => response.writeHead(500).end('it failed'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${server.address().port}/webhook`;
  try {
    await part(url, requests);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return url;
}

// How many handlers a request reaches if it comes again, with some headers changed.
async function handlersOf(url, { headers, body }, changed, counted) {
  const before = counted.length;
  const request = http.request(url, { method: 'POST', headers: { ...headers, ...changed }, agent: false });
  const [response] = await once(request.end(body), 'response');
  await text(response);
  return counted.length - before;
}

const WRONG = { 'x-lark-request-nonce': 'another' };

const attempts = (shown) =>
  shown.attempts.map((one) => [one.target, one.outcome, one.status, one.answer ?? null]);

async function webhook(encryptKey) {
  section(encryptKey ? 'By webhook, encrypted and signed' : 'By webhook, in the clear');
  const handler = dispatcher(encryptKey, here.ready.verification_token);
  await receiving(handler, async (url, requests) => {
    const modes = { event_mode: 'webhook', callback_mode: 'webhook', encrypt_key: encryptKey };
    const set = await setApp({ ...modes, request_url: url, callback_url: url });
    same('the addresses are taken', set.code, 0);
    same('each was asked once', requests.length, 2);
    const challenge = JSON.parse(requests[0].body);
    if (encryptKey) {
      same('the challenge is encrypted', Object.keys(challenge), ['encrypt']);
    } else {
      const fields = [challenge.type, challenge.token];
      same('the challenge', fields, ['url_verification', here.ready.verification_token]);
    }

    const said = `by webhook, ${encryptKey || 'in the clear'}`;
    await act('send', { user: here.ada.open_id, chat_id: here.garden, text: said });
    const event = await inbox.waitForText(said);
    same('the event arrives', event.sender.sender_id.open_id, here.ada.open_id);
    const shown = await delivery(event.event_id, 'delivered');
    same('the event is taken', attempts(shown), [[url, 'taken', 200, null]]);
    const answer = await click('toast and card');
    same('card.action.trigger: the toast comes back', answer.data.toast, '好的');
    same('card.action.trigger: the card is replaced', await cardNow(answer.message_id), WATERED);
    same('a handler that fails', (await click('throw')).code, 200671);
    if (encryptKey) {
      const others = requests.filter((one) => String(Object.keys(JSON.parse(one.body))) !== 'encrypt');
      same('every body is encrypted', others, []);
      await click('toast');
      const last = requests.at(-1);
      same('its signature is right', await handlersOf(url, last, {}, asked), 1);
      same('a wrong one would be noticed', await handlersOf(url, last, WRONG, asked), 0);
    }
  });
}

async function failing() {
  section('By webhook, with a handler that fails');
  const failures = [];
  let mended = false;
  const onMessage = (event) => {
    if (mended) return inbox.handle(event);
    failures.push(event.event_id);
    throw new Error('as planned');
  };

  const chat_id = await newGroup('Weeds', [here.ada]);
  await receiving(dispatcher('', here.ready.verification_token, onMessage), async (url) => {
    same('the address is taken', (await setApp({ encrypt_key: '', request_url: url })).code, 0);
    await act('send', { user: here.ada.open_id, chat_id, text: 'weeds' });
    await waitUntil('the handler fails', () => failures.length);
    let shown = await delivery(failures[0], 'waiting');
    same('the event waits', attempts(shown), [[url, 'status', 500, 'it failed']]);
    const wait = Number(shown.next_attempt_time) - Number(shown.attempts[0].time);
    check('the event waits 15 s', wait >= 15_000 && wait < 17_000, wait);
    mended = true;
    const began = performance.now();
    await ask('POST', `deliveries/${failures[0]}/resend`);
    shown = await delivery(failures[0], 'delivered');
    const took = (performance.now() - began) / 1000;
    check('sent again, it goes out at once', took < 5, `after ${took.toFixed(1)} s`);
    same('sent again, it is taken', shown.attempts.map((one) => one.outcome), ['status', 'taken']);
    same('sent again, it is the same event', (await inbox.waitForText('weeds')).event_id, failures[0]);
  });
}

async function wrongAddresses() {
  section('Addresses that are not taken');
  const before = (await app()).request_url;
  const url = await receiving(dispatcher('another key', here.ready.verification_token), async (url) => {
    const answer = await setApp({ request_url: url, encrypt_key: ENCRYPT_KEY });
    same('a receiver with another key', answer.code, 200671);
    const missed = await setApp({ request_url: `${url}?`, encrypt_key: '' });
    same('a path that the SDK does not listen at', missed.code, 200341);
  });
  same('nobody', (await setApp({ request_url: url })).code, 200342);
  same('the old one stays', (await app()).request_url, before);
}

async function oldCallback(encryptKey) {
  section(`The old card callback${encryptKey ? ', of an app with a key' : ''}`);
  const cards = [];
  const fields = { encryptKey, verificationToken: here.ready.verification_token, logger: silent };
  const handler = new lark.CardActionHandler(fields, (event) => {
    cards.push(event);
    return event.action.value.answer === 'card' ? WATERED : undefined;
  });
  await receiving(handler, async (url, requests) => {
    const set = { callbacks: ['card.action.trigger_v1'], callback_url: url, encrypt_key: encryptKey };
    same('the address is taken', (await setApp(set)).code, 0);
    const value = { row: 7, 10: '薄荷/mint', 9: 1.5 };
    const { message_id, data } = await click('card', value);
    same('the card comes back', data, { answer: WATERED, card_updated: true });
    same('the card is replaced', await cardNow(message_id), WATERED);
    const { open_id, open_message_id, open_chat_id, tenant_key, action, token } = cards.at(-1);
    const who = [open_id, open_message_id, open_chat_id, tenant_key];
    same('the handler: who and where', who, [here.ada.open_id, message_id, here.garden, here.ready.tenant_key]);
    same('the handler: what', action.value, { answer: 'card', ...value });
    const last = requests.at(-1);
    same('its signature is right', await handlersOf(url, last, {}, cards), 1);
    same('a wrong one would be noticed', await handlersOf(url, last, WRONG, cards), 0);
    same('a delayed update', (await updateCard(token, card(words('Later')))).code, 0);
    same('no card: it stays', (await click('nothing')).data.card_updated, false);
  });
}

module.exports = { ENCRYPT_KEY, attempts, failing, oldCallback, webhook, wrongAddresses };
