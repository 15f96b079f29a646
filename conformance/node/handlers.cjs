// The app that hears of what happens: its platform, its client, its handlers.
'use strict';

const lark = require('@larksuiteoapi/node-sdk');
const { done, own, ownData, waitUntil } = require('./checks.cjs');
const { Platform } = require('./serving.cjs');

// The SDK logs every connection that is lost and every handler that fails, and here all of them are wanted.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

const platform = new Platform(process.argv[2], process.argv[3]);

// What is known once the platform is there.
const here = {};

function beAt(ready) {
  const { app_id: appId, app_secret: appSecret, base_url: domain } = ready;
  const client = new lark.Client({ appId, appSecret, domain, logger: silent });
  Object.assign(here, { ready, garden: ready.chat_id, ada: ready.users[2], client });
}

const ask = (method, path, body) => ownData(here.ready.base_url, method, path, body);

// Something that a user does.
const act = (what, fields) => ask('POST', `act/${what}`, fields);

// Changes the app, as in a developer console. An address is checked by that.
const setApp = (fields) => own(here.ready.base_url, 'PATCH', `apps/${here.ready.app_id}`, fields);

const app = () => ask('GET', `apps/${here.ready.app_id}`);

const connections = async () => (await ask('GET', `apps/${here.ready.app_id}/connections`)).items;

const ledger = async () => (await ask('GET', `deliveries?app_id=${here.ready.app_id}&page_size=1`)).ledger;

// What became of an event, once it is in this state.
const delivery = (eventId, state) =>
  waitUntil(`${eventId} is ${state}`, async () => {
    const shown = await ask('GET', `deliveries/${eventId}`);
    return shown.state === state && shown;
  });

async function newGroup(name, users) {
  const user_id_list = users.map((user) => user.open_id);
  return (await done(here.client.im.v1.chat.create({ data: { name, user_id_list } }))).chat_id;
}

async function sendCard(content) {
  const data = { receive_id: here.garden, msg_type: 'interactive', content: JSON.stringify(content) };
  const params = { receive_id_type: 'chat_id' };
  return (await done(here.client.im.v1.message.create({ params, data }))).message_id;
}

// The card that stands in a message.
async function cardNow(message_id) {
  const params = { card_msg_content_type: 'user_card_content' };
  const { items } = await done(here.client.im.v1.message.get({ path: { message_id }, params }));
  return JSON.parse(items[0].body.content);
}

async function newestText(container_id) {
  const params = { container_id_type: 'chat', container_id, sort_type: 'ByCreateTimeDesc', page_size: 1 };
  const { items } = await done(here.client.im.v1.message.list({ params }));
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
  here.client.request({
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
    const fields = { appId: here.ready.app_id, appSecret, domain: here.ready.base_url, logger: silent };
    new lark.WSClient({ ...fields, onReady, onError, ...more }).start({ eventDispatcher: dispatcher() });
  });

module.exports = {
  ANSWERS,
  WATERED,
  act,
  app,
  ask,
  asked,
  beAt,
  button,
  card,
  cardNow,
  connections,
  delivery,
  dispatcher,
  here,
  inbox,
  ledger,
  listen,
  newGroup,
  newestText,
  platform,
  sendCard,
  setApp,
  silent,
  updateCard,
  updatedEarly,
  words,
  yes,
};
