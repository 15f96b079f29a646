// Receives what happens with the official Node SDK: events.cjs LARKSPUR FOLDER
//
// The story starts the platform itself, since it also stops and kills it.
'use strict';

const { once } = require('node:events');
const http = require('node:http');
const { text } = require('node:stream/consumers');
const lark = require('@larksuiteoapi/node-sdk');
const sdk = require('@larksuiteoapi/node-sdk/package.json');
const { check, done, own, ownData, refused, same, section, tell, waitUntil } = require('./checks.cjs');
const { Platform } = require('./serving.cjs');

// What befalls the platform in the middle of each burst of messages.
const TROUBLES = ['cuts', 'cuts', 'SIGTERM', 'cuts', 'SIGKILL'];
const BURST = 2000;
const GROUPS = 4;

const ENCRYPT_KEY = 'v3ct0r-encrypt-key';

// The SDK logs every connection that is lost and every handler that fails, and here all of them are wanted.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

const platform = new Platform(process.argv[2], process.argv[3]);
let ready;
let garden;
let ada;
let client;

const ask = (method, path, body) => ownData(ready.base_url, method, path, body);

// Something that a user does.
const act = (what, fields) => ask('POST', `act/${what}`, fields);

// Changes the app, as in a developer console. An address is checked by that.
const setApp = (fields) => own(ready.base_url, 'PATCH', `apps/${ready.app_id}`, fields);

const app = () => ask('GET', `apps/${ready.app_id}`);

const connections = async () => (await ask('GET', `apps/${ready.app_id}/connections`)).items;

const ledger = async () => (await ask('GET', `deliveries?app_id=${ready.app_id}&page_size=1`)).ledger;

// What became of an event, once it is in this state.
const delivery = (eventId, state) =>
  waitUntil(`${eventId} is ${state}`, async () => {
    const shown = await ask('GET', `deliveries/${eventId}`);
    return shown.state === state && shown;
  });

async function newGroup(name, users) {
  const user_id_list = users.map((user) => user.open_id);
  return (await done(client.im.v1.chat.create({ data: { name, user_id_list } }))).chat_id;
}

async function sendCard(content) {
  const data = { receive_id: garden, msg_type: 'interactive', content: JSON.stringify(content) };
  const params = { receive_id_type: 'chat_id' };
  return (await done(client.im.v1.message.create({ params, data }))).message_id;
}

// The card that stands in a message.
async function cardNow(message_id) {
  const params = { card_msg_content_type: 'user_card_content' };
  const { items } = await done(client.im.v1.message.get({ path: { message_id }, params }));
  return JSON.parse(items[0].body.content);
}

async function newestText(container_id) {
  const params = { container_id_type: 'chat', container_id, sort_type: 'ByCreateTimeDesc', page_size: 1 };
  const { items } = await done(client.im.v1.message.list({ params }));
  return items.length ? JSON.parse(items[0].body.content).text : undefined;
}

const textOf = (event) => JSON.parse(event.message.content).text;

// Messages as a handler gets them: each event once, in the order in which they first came.
const inbox = {
  events: new Map(),
  again: 0,

  handle(event) {
    if (inbox.events.has(event.event_id)) inbox.again += 1;
    else inbox.events.set(event.event_id, event);
  },

  texts: (chatId) => [...inbox.events.values()].filter((one) => one.message.chat_id === chatId).map(textOf),

  // Waits for this many events, and tells how many there are then.
  async waitFor(count) {
    await waitUntil(`${count} events`, () => inbox.events.size >= count, 60).catch(() => {});
    return inbox.events.size;
  },

  // The event that brings a text.
  waitForText: (wanted) =>
    waitUntil(`the event ${wanted}`, () => [...inbox.events.values()].find((one) => textOf(one) === wanted)),
};
const asked = [];

const card = (...elements) => ({ config: { update_multi: true }, elements });
const words = (content) => ({ tag: 'div', text: { tag: 'plain_text', content } });
const yes = { tag: 'button', text: { tag: 'plain_text', content: 'Yes' } };
const button = (value) => ({ tag: 'action', actions: [{ ...yes, value }] });

// The delayed update, for which the SDK has no method.
const updateCard = (token, content) =>
  client.request({
    method: 'POST',
    url: '/open-apis/interactive/v1/card/update',
    data: { token, card: content },
  });

const WATERED = card(words('Watered'));
const toast = { type: 'success', content: '好的' };
const ANSWERS = {
  'toast and card': { toast, card: { type: 'raw', data: WATERED } },
  toast: { toast },
  'card 1.0': { card: { type: 'raw', data: WATERED } },
  'no card': { card: { type: 'raw', data: 'x' } },
};
const updatedEarly = [];

async function onCard(event) {
  asked.push(event);
  const plan = event.action.value.answer;
  if (plan === 'throw') throw new Error('as planned');
  if (plan === 'update') {
    const update = updateCard(event.token, WATERED);
    await update.catch(() => {});
    updatedEarly.push(update);
  }
  return ANSWERS[plan];
}

function onLink(event) {
  asked.push(event);
  return { inline: { title: 'Basil', url: { copy_url: event.context.url } } };
}

const dispatcher = (encryptKey = '', verificationToken = '', onMessage = inbox.handle) =>
  new lark.EventDispatcher({ encryptKey, verificationToken, logger: silent }).register({
    'im.message.receive_v1': onMessage,
    'card.action.trigger': onCard,
    'url.preview.get': onLink,
  });

// Listens with the SDK until it gives up, and tells what it gave up for.
const listen = (appSecret, more) =>
  new Promise((onReady, onError) => {
    const fields = { appId: ready.app_id, appSecret, domain: ready.base_url, logger: silent };
    new lark.WSClient({ ...fields, onReady, onError, ...more }).start({ eventDispatcher: dispatcher() });
  });

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
  await listen(ready.app_secret);
  await waitUntil('the SDK is connected', async () => (await connections()).length);
  same('connected', (await connections()).length, 1);
}

// A chat, and users who write there one message after the other, over one connection.
class Speaker {
  constructor(name, chatId, users) {
    Object.assign(this, { name, chatId, users, said: 0 });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  async talk(count) {
    for (const end = this.said + count; this.said < end; this.said += 1) {
      await this.say(this.users[this.said % this.users.length], String(this.said));
    }
  }

  async say(user, words) {
    const body = { user: user.open_id, chat_id: this.chatId, text: words };
    try {
      await ownData(ready.base_url, 'POST', 'act/send', body, this.agent);
    } catch (error) {
      // A refusal has no code.
      if (!error.code) throw error;
      await waitUntil('the platform is up again', () => platform.isUp);
      // Whether it was said before the platform went down only the chat knows.
      if ((await newestText(this.chatId)) !== words) await this.say(user, words);
    }
  }
}

// How long the SDK takes to come back, in s.
async function reconnected() {
  const began = performance.now();
  await waitUntil('the SDK is connected again', async () => (await connections()).length, 60);
  return (performance.now() - began) / 1000;
}

// A bot with much else to do: what comes over the network it reads late, and all at once.
function busy() {
  const end = performance.now() + 20;
  while (performance.now() < end);
}

async function befall(trouble) {
  const took = [];
  if (trouble === 'cuts') {
    const cut = [];
    const work = setInterval(busy, 1);
    for (let number = 0; number < 3; number += 1) {
      cut.push((await ask('DELETE', `apps/${ready.app_id}/connections`)).count);
      // The next one comes while what has piled up goes out.
      took.push(await reconnected());
    }
    clearInterval(work);
    same('three cuts: each of one connection', cut, [1, 1, 1]);
  } else {
    const expected = { SIGTERM: 0, SIGKILL: 'SIGKILL' }[trouble];
    same(`${trouble}: the platform ends with ${expected}`, await platform.stop(trouble), expected);
    await platform.start();
    took.push(await reconnected());
  }
  const longest = Math.max(...took);
  check(`${trouble}: connected again within 10 s: ${longest.toFixed(1)} s`, longest < 10);
}

// Everyone talks at once, and in the middle of it there is trouble.
async function burst(speakers, trouble) {
  const saidBy = () => speakers.reduce((sum, speaker) => sum + speaker.said, 0);
  const before = saidBy();
  const talks = Promise.all(speakers.map((speaker) => speaker.talk(BURST / speakers.length)));
  const half = waitUntil('half of the burst is sent', () => saidBy() >= before + BURST / 2, 60);
  await Promise.all([talks, half.then(() => befall(trouble))]);
  const sent = before + BURST;
  same(`${sent} messages, and every one was handled`, await inbox.waitFor(sent), sent);
}

async function tenThousand() {
  const total = BURST * TROUBLES.length;
  section(`${total} messages, with cuts and restarts`);
  same('nothing was owed before', (await ledger()).created, 0);
  const speakers = [];
  for (const user of ready.users) {
    const { chat_id } = await act('enter', { user: user.open_id });
    speakers.push(new Speaker(user.name, chat_id, [user]));
  }
  for (let number = 1; number <= GROUPS; number += 1) {
    const name = `Bed ${number}`;
    speakers.push(new Speaker(name, await newGroup(name, ready.users), ready.users));
  }
  for (const trouble of TROUBLES) await burst(speakers, trouble);
  console.log(`          ${inbox.again} came twice, as they may: nobody knows what became of them in a cut`);

  same('none more', inbox.events.size, total);
  const ids = new Set([...inbox.events.values()].map((event) => event.message.message_id));
  same('each message in one event', ids.size, total);
  for (const { name, chatId, said } of speakers) {
    const heard = inbox.texts(chatId);
    const at = heard.findIndex((one, place) => one !== String(place));
    const whole = at === -1 && heard.length === said;
    check(`${name}: ${said} in order`, whole, `${heard.length}, not in order from ${at} on`);
  }
  await waitUntil('nothing is on its way', async () => (await ledger()).pending === 0);
  same('the ledger', await ledger(), { created: total, delivered: total, pending: 0, expired: 0 });
}

// Ada presses the button of a card whose value tells the handler what to answer.
async function click(plan, { of, ...value } = {}) {
  const message_id = await sendCard(of ?? card(button({ answer: plan, ...value })));
  const answer = await own(ready.base_url, 'POST', 'act/click', { user: ada.open_id, message_id });
  return { message_id, ...answer };
}

async function callbacks() {
  section('Asked over the long connection');
  const value = { row: 7, 10: '薄荷/mint', 9: 1.5 };
  let answer = await click('toast and card', value);
  const { message_id } = answer;
  const shown = { answer: ANSWERS['toast and card'], toast: '好的', card_updated: true };
  same('card.action.trigger: toast and card come back', answer.data, shown);
  same('card.action.trigger: the card is replaced', await cardNow(message_id), WATERED);
  let event = asked.at(-1);
  const { open_id, union_id, tenant_key } = event.operator;
  same('the handler: who', [open_id, union_id, tenant_key], [ada.open_id, ada.union_id, ready.tenant_key]);
  const { open_message_id, open_chat_id } = event.context;
  same('the handler: where', [open_message_id, open_chat_id, event.host], [message_id, garden, 'im_message']);
  const what = [event.action.tag, event.action.value];
  same('the handler: what', what, ['button', { answer: 'toast and card', ...value }]);

  const [first, second] = [card(words('Watered twice')), card(words('Watered thrice'))];
  same('a delayed update', (await updateCard(event.token, first)).code, 0);
  same('a delayed update: the card is replaced', await cardNow(message_id), first);
  same('another one', (await updateCard(event.token, second)).code, 0);
  await refused('and no third', updateCard(event.token, first), 300040);
  same('and no third: the card stays', await cardNow(message_id), second);
  await click('update');
  await refused('an update before the answer', updatedEarly.pop(), 200810);

  answer = await click('toast');
  same('a toast alone', answer.data, { answer: ANSWERS.toast, toast: '好的', card_updated: false });
  same('no answer at all', (await click('nothing')).data, { answer: {}, card_updated: false });
  same('a handler that fails', (await click('throw')).code, 200671);
  same('a card that is none', (await click('no card')).code, 200673);
  const ofNewCard = { ...yes, behaviors: [{ type: 'callback', value: { answer: 'card 1.0' } }] };
  const card2 = { schema: '2.0', body: { elements: [ofNewCard] } };
  answer = await click('card 1.0', { of: card2 });
  same('a card 1.0 in the place of a card 2.0', answer.code, 200830);
  same('a card 1.0 in the place of a card 2.0: it stays', await cardNow(answer.message_id), card2);

  const behaviors = [{ type: 'callback', value: { answer: 'toast' } }];
  const submit = { ...yes, name: 'send', form_action_type: 'submit', behaviors };
  const form = { tag: 'form', name: 'bed', elements: [{ tag: 'input', name: 'herb' }, submit] };
  const formCard = await sendCard({ schema: '2.0', body: { elements: [form] } });
  const form_value = { herb: 'basil' };
  answer = await act('submit', { user: ada.open_id, message_id: formCard, form_value });
  same('a form: the toast comes back', answer.toast, '好的');
  event = asked.at(-1);
  same('a form: the handler', [event.action.name, event.action.form_value], ['send', form_value]);

  const url = 'https://example.com/basil';
  ({ answer } = await act('open_link', { user: ada.open_id, url }));
  const inline = { title: 'Basil', url: { copy_url: url } };
  same('url.preview.get: the preview comes back', answer, { inline });
  event = asked.at(-1);
  same('url.preview.get: the handler', [event.operator.open_id, event.context.url], [ada.open_id, url]);
  const preview_tokens = [event.context.preview_token];
  const update = client.im.v2.urlPreview.batchUpdate({ data: { preview_tokens } });
  const { code } = await update.catch((error) => error.response.data);
  same('url.preview.get: its token updates the preview', code, 0);

  same('unsubscribed', (await setApp({ callbacks: ['url.preview.get'] })).code, 0);
  const count = asked.length;
  same('unsubscribed: nobody is asked', [(await click('toast')).code, asked.length], [200340, count]);
  same('subscribed again', (await setApp({ callbacks: ['*'] })).code, 0);
  same('subscribed again: the toast is back', (await click('toast')).data.toast, '好的');
}

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
  const handler = dispatcher(encryptKey, ready.verification_token);
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
      same('the challenge', fields, ['url_verification', ready.verification_token]);
    }

    const said = `by webhook, ${encryptKey || 'in the clear'}`;
    await act('send', { user: ada.open_id, chat_id: garden, text: said });
    const event = await inbox.waitForText(said);
    same('the event arrives', event.sender.sender_id.open_id, ada.open_id);
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

  const chat_id = await newGroup('Weeds', [ada]);
  await receiving(dispatcher('', ready.verification_token, onMessage), async (url) => {
    same('the address is taken', (await setApp({ encrypt_key: '', request_url: url })).code, 0);
    await act('send', { user: ada.open_id, chat_id, text: 'weeds' });
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
  const url = await receiving(dispatcher('another key', ready.verification_token), async (url) => {
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
  const fields = { encryptKey, verificationToken: ready.verification_token, logger: silent };
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
    same('the handler: who and where', who, [ada.open_id, message_id, garden, ready.tenant_key]);
    same('the handler: what', action.value, { answer: 'card', ...value });
    const last = requests.at(-1);
    same('its signature is right', await handlersOf(url, last, {}, cards), 1);
    same('a wrong one would be noticed', await handlersOf(url, last, WRONG, cards), 0);
    same('a delayed update', (await updateCard(token, card(words('Later')))).code, 0);
    same('no card: it stays', (await click('nothing')).data.card_updated, false);
  });
}

async function back() {
  section('Over the long connection again');
  const modes = { event_mode: 'long_connection', callback_mode: 'long_connection', callbacks: ['*'] };
  same('set', (await setApp({ ...modes, encrypt_key: '', request_url: '', callback_url: '' })).code, 0);
  await act('send', { user: ada.open_id, chat_id: garden, text: 'back again' });
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
  ready = platform.ready;
  garden = ready.chat_id;
  ada = ready.users[2];
  const { app_id: appId, app_secret: appSecret, base_url: domain } = ready;
  client = new lark.Client({ appId, appSecret, domain, logger: silent });

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
