// A bot of Satori, which is not of the vendor's making: satori.cjs LARKSPUR FOLDER
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Context, Logger, h } = require('@satorijs/core');
const { LarkBot } = require('@satorijs/adapter-lark');
const adapter = require('@satorijs/adapter-lark/package.json');
const Http = require('@cordisjs/plugin-http').default;
const { check, ownData, same, section, tell, waitUntil } = require('./checks.cjs');
const { everyCall } = require('./satoriCalls.cjs');
const { Platform } = require('./serving.cjs');

const EACH = 50;

// It tells of every event, and of every connection that is lost.
Logger.levels.base = Logger.ERROR;

const platform = new Platform(process.argv[2], process.argv[3]);
const heard = [];
let ready;
let bot;

const ask = (method, what, body) => ownData(ready.base_url, method, what, body);
const act = (what, fields) => ask('POST', `act/${what}`, fields);
const connections = async () => (await ask('GET', `apps/${ready.app_id}/connections`)).items.length;
const ledger = async () => (await ask('GET', `deliveries?app_id=${ready.app_id}&page_size=1`)).ledger;

async function connecting() {
  section('Connecting');
  // It acknowledges nothing in the older form of events, which would come again and again.
  await ask('PATCH', `apps/${ready.app_id}`, { events: ['im.message.receive_v1'] });
  const ctx = new Context();
  ctx.plugin(Http);
  ctx.plugin(LarkBot, {
    platform: 'feishu',
    protocol: 'ws',
    endpoint: `${ready.base_url}/open-apis`,
    appId: ready.app_id,
    appSecret: ready.app_secret,
    retryInterval: 100,
    retryLazy: 100,
    retryTimes: 1,
  });
  ctx.on('message', async (session) => {
    heard.push(session);
    if (session.content === 'ping') await bot.sendMessage(session.channelId, 'pong');
  });
  await ctx.start();
  await waitUntil('the bot is online', () => ctx.bots[0]?.selfId);
  [bot] = ctx.bots;
  same('its name', bot.user.name, 'Gardener');
  check('its id', bot.selfId.startsWith('ou_'), bot.selfId);
}

const read = async (id) => (await bot.internal.im.message.get(id)).items[0];

async function speaking() {
  section('What it sends');
  const [lin, , ada] = ready.users;
  const group = ready.chat_id;
  const [words] = await bot.createMessage(group, ['Water ', h.at(ada.open_id, { name: ada.name })]);
  const message = await read(words.id);
  same('words: a post', message.msg_type, 'post');
  const [direct] = await bot.createMessage(ada.open_id, 'Water the basil');
  check('to a user', (await read(direct.id)).chat_id !== group);
  const png = fs.readFileSync(path.join(__dirname, '..', 'fixtures', 'gradient.png'));
  const [picture] = await bot.createMessage(group, h.image(png, 'image/png'));
  const tags = JSON.parse((await read(picture.id)).body.content).content.flat().map(({ tag }) => tag);
  check('a picture', tags.includes('img'), tags);
  const bytes = h.file(Buffer.from('every byte'), 'application/octet-stream');
  const [file] = await bot.createMessage(group, bytes);
  same('a file', (await read(file.id)).msg_type, 'file');
  const [quoting] = await bot.createMessage(group, [h.quote(words.id), 'Done']);
  same('an answer', (await read(quoting.id)).parent_id, words.id);
  const watering = h('lark:card', { title: 'Watering' }, ['**Basil**', h('hr')]);
  const [card] = await bot.createMessage(group, watering);
  same('a card', (await read(card.id)).msg_type, 'interactive');
  const [shared] = await bot.createMessage(group, h('lark:share-user', { userId: lin.open_id }));
  same('the card of a user', (await read(shared.id)).msg_type, 'share_user');

  await bot.editMessage(group, words.id, 'Water the mint');
  check('edited', (await read(words.id)).body.content.includes('mint'));
  await bot.deleteMessage(group, file.id);
  same('recalled', (await read(file.id)).deleted, true);
}

async function looking() {
  section('What it looks up');
  const [, , ada] = ready.users;
  same('a user', (await bot.getUser(ada.open_id)).name, ada.name);
  same('a group', (await bot.getGuild(ready.chat_id)).name, 'Larkspur Garden');
  const groups = [];
  for await (const { name } of bot.getGuildIter()) groups.push(name);
  check('its groups', groups.includes('Weather'), groups);
  const members = [];
  for await (const { user } of bot.getGuildMemberIter(ready.chat_id)) members.push(user.name);
  same('the members of a group', members.sort(), ready.users.map(({ name }) => name).sort());
  const said = await act('send', { user: ada.open_id, chat_id: ready.chat_id, text: 'Rain' });
  same('a message', (await bot.getMessage(ready.chat_id, said.message_id)).content, 'Rain');
}

async function hearing() {
  section('What it hears');
  const [, chen, ada] = ready.users;
  const from = async (what, user, chat_id, text) => {
    const { message_id } = await act('send', { user: user.open_id, chat_id, text });
    return waitUntil(what, () => heard.find((session) => session.messageId === message_id));
  };
  const inGroup = await from('a message in a group', ada, ready.chat_id, 'It rains');
  same('in a group', [inGroup.content, inGroup.isDirect, inGroup.userId], ['It rains', false, ada.open_id]);
  const { chat_id } = await act('enter', { user: chen.open_id });
  const alone = await from('a message to the bot', chen, chat_id, 'ping');
  same('to the bot alone', [alone.content, alone.isDirect, alone.userId], ['ping', true, chen.open_id]);
  const newest = { container_id_type: 'chat', container_id: chat_id, sort_type: 'ByCreateTimeDesc' };
  const pong = async () => (await bot.internal.im.message.list(newest)).items[0].sender.sender_type === 'app';
  check('what it answers to it', await waitUntil('an answer', pong));
}

async function losing() {
  section(`${3 * EACH} messages, with a kick and a restart`);
  const by = { user: ready.users[0].open_id, chat_id: ready.chat_id };
  const sent = [];
  const talk = async () => {
    for (let count = 0; count < EACH; count += 1) {
      const { message_id } = await act('send', { ...by, text: `${count}` });
      sent.push(message_id);
    }
  };
  await talk();
  await ask('DELETE', `apps/${ready.app_id}/connections`);
  await talk();
  await waitUntil('it is connected again', connections);
  same('the platform ends', await platform.stop('SIGTERM'), 0);
  await platform.start();
  await talk();
  const whole = () => sent.every((id) => heard.some((session) => session.messageId === id));
  // It listens only some time after it is connected; what came in between comes once more, after 15 s.
  await waitUntil('it has heard them all', whole, 60);
  check('none is lost', whole());
  await waitUntil('nothing is on its way', async () => (await ledger()).pending === 0, 60);
  const { created, delivered, expired } = await ledger();
  same('the ledger: all delivered, none expired', [delivered, expired], [created, 0]);
}

async function story() {
  console.log(`Satori, adapter-lark ${adapter.version}`);
  await platform.start();
  ready = platform.ready;
  await connecting();
  await speaking();
  await looking();
  await hearing();
  await everyCall(bot, ready, act);
  await losing();
  same('SIGTERM ends the platform with 0', await platform.stop('SIGTERM'), 0);
}

tell('Satori', story, 120, () => platform.end());
