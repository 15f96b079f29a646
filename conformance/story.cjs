// Walks through the platform with the official Node SDK: story.cjs READY_FILE
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { buffer } = require('node:stream/consumers');
const lark = require('@larksuiteoapi/node-sdk');
const sdk = require('@larksuiteoapi/node-sdk/package.json');
const { REFUSALS, check, done, ownData, refusal, refused, same, section, tell } = require('./checks.cjs');

// Each format the platform takes, and the media type it gives back.
const PICTURES = {
  'gradient.jpg': 'image/jpeg',
  'gradient.png': 'image/png',
  'gradient.webp': 'image/webp',
  'gradient.gif': 'image/gif',
  'gradient.bmp': 'image/bmp',
  'gradient.ico': 'image/x-icon',
  'gradient.tiff': 'image/jpeg',
  'gradient.heic': 'image/jpeg',
};
const STORED_AS_JPEG = ['gradient.tiff', 'gradient.heic'];

const NOBODY = `ou_${'0'.repeat(32)}`;

const ready = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const [lin, chen, ada, sam] = ready.users;

// The SDK logs every refusal, and here most of them are wanted.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

const clientWith = (appSecret, more) =>
  new lark.Client({ domain: ready.base_url, appId: ready.app_id, appSecret, logger: silent, ...more });

const client = clientWith(ready.app_secret);
const { image, file, message, messageReaction, messageResource, chat, chatMembers } = client.im.v1;
const directory = client.contact.v3.user;

const fixture = (name) => path.join(__dirname, 'fixtures', name);

async function uploadImage(content, image_type = 'message') {
  const { image_key } = await image.create({ data: { image_type, image: content } });
  return image_key;
}

async function uploadFile(content, fields) {
  const { file_key } = await file.create({ data: { ...fields, file: content } });
  return file_key;
}

const bytes = async (download) => buffer((await download).getReadableStream());

async function newGroup(name, users, more) {
  const user_id_list = users.map((user) => user.open_id);
  const { chat_id } = await done(chat.create({ data: { name, user_id_list, ...more } }));
  return chat_id;
}

const getChat = (chat_id) => done(chat.get({ path: { chat_id } }));

// The bot removes itself.
function leave(chat_id) {
  const itself = { params: { member_id_type: 'app_id' }, data: { id_list: [ready.app_id] } };
  return done(chatMembers.delete({ path: { chat_id }, ...itself }));
}

// Something that a user does.
const act = (what, fields) => ownData(ready.base_url, 'POST', `act/${what}`, fields);

// Sends to a pair of `receive_id_type` and `receive_id`.
const send = ([receive_id_type, receive_id], msg_type, content, more) =>
  done(
    message.create({
      params: { receive_id_type },
      data: { receive_id, msg_type, content: JSON.stringify(content), ...more },
    }),
  );

const reply = (message_id, text, more) =>
  done(
    message.reply({
      path: { message_id },
      data: { msg_type: 'text', content: JSON.stringify({ text }), ...more },
    }),
  );

const edit = (message_id, msg_type, content) =>
  done(message.update({ path: { message_id }, data: { msg_type, content: JSON.stringify(content) } }));

async function read(message_id, params) {
  const { items } = await done(message.get({ path: { message_id }, params }));
  return items[0];
}

const said = ({ body }) => JSON.parse(body.content);

// Every item of a list, by way of `page_token`.
async function pageByPage(list, payload) {
  const items = [];
  let page = {};
  do {
    const params = { ...payload.params, page_token: page.page_token };
    page = await done(list({ ...payload, params }));
    items.push(...page.items);
  } while (page.has_more);
  return items;
}

// Every item of a list, by way of the iterator of the SDK.
async function iterated(listWithIterator, payload) {
  const items = [];
  for await (const page of await listWithIterator(payload)) items.push(...page.items);
  return items;
}

// The ids of the texts among messages. Notices, such as who joined, are not of this story.
const texts = (messages) => messages.filter((one) => one.msg_type === 'text').map((one) => one.message_id);

const messagesOf = (container_id_type, container_id, more) =>
  iterated(message.listWithIterator, { params: { container_id_type, container_id, ...more } });

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

async function pictures() {
  section('Pictures, up and down');
  const keys = {};
  for (const [name, mediaType] of Object.entries(PICTURES)) {
    const original = fs.readFileSync(fixture(name));
    keys[name] = await uploadImage(original);
    const download = await image.get({ path: { image_key: keys[name] } });
    const content = await bytes(download);
    if (STORED_AS_JPEG.includes(name)) {
      const [head, tail] = [content.toString('hex', 0, 3), content.toString('hex', content.length - 2)];
      same(`${name}: comes back as JPEG`, [head, tail], ['ffd8ff', 'ffd9']);
    } else {
      check(`${name}: comes back byte by byte`, content.equals(original), `${content.length} bytes`);
    }
    same(`${name}: media type`, download.headers['content-type'], mediaType);
  }
  same('every picture has its own key', new Set(Object.values(keys)).size, Object.keys(PICTURES).length);

  // Unlike a buffer, a stream goes with a name and a media type.
  const image_key = await uploadImage(fs.createReadStream(fixture('gradient.png')));
  const content = await bytes(image.get({ path: { image_key } }));
  check('from a stream: comes back byte by byte', content.equals(fs.readFileSync(fixture('gradient.png'))));
  return keys;
}

async function avatar() {
  const image_key = await uploadImage(fs.createReadStream(fixture('gradient.png')), 'avatar');
  check('an avatar: uploaded', image_key.startsWith('img_'), image_key);
  same('an avatar: not to be downloaded', (await refusal(image.get({ path: { image_key } })))?.status, 400);
  return image_key;
}

async function refusedPictures() {
  section('Pictures that are refused');
  const png = fs.readFileSync(fixture('gradient.png'));
  const tooLarge = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]);
  const wideGif = Buffer.from('GIF89a\xd1\x07\x01\x00\x00\x00\x00;', 'latin1');

  await refused('text', uploadImage(Buffer.from('no picture at all')), 234011);
  await refused('a PDF', uploadImage(fs.createReadStream(fixture('page.pdf'))), 234011);
  await refused('nothing', uploadImage(Buffer.alloc(0)), 234010);
  await refused('more than 10 MB', uploadImage(tooLarge), 234006);
  await refused('a GIF that is 2001 px wide', uploadImage(wideGif), 234039);
  await refused('an unknown image_type', uploadImage(png, 'poster'), 234001);
  await refused('a key that names nothing', image.get({ path: { image_key: 'img_v3_00000000' } }), 234005);
}

async function files() {
  section('Files, up and down');
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const uploads = {
    opus: ['铃声.opus', fs.readFileSync(fixture('tone.opus'))],
    mp4: ['渐变 video.mp4', fs.readFileSync(fixture('gradient.mp4'))],
    pdf: ['page.pdf', fs.readFileSync(fixture('page.pdf'))],
    stream: ['every byte.bin', everyByte],
  };
  const keys = {};
  for (const [file_type, [file_name, original]] of Object.entries(uploads)) {
    keys[file_type] = await uploadFile(original, { file_type, file_name, duration: 1000 });
    const download = await file.get({ path: { file_key: keys[file_type] } });
    check(`${file_type}: comes back byte by byte`, original.equals(await bytes(download)));
    const disposition = download.headers['content-disposition'];
    const names = [`filename="${file_name}"`, `filename*=UTF-8''${encodeURIComponent(file_name)}`];
    check(`${file_type}: under its name`, names.some((name) => disposition.endsWith(name)), disposition);
  }

  const pdf = fs.createReadStream(fixture('page.pdf'));
  const untimed = await uploadFile(pdf, { file_type: 'pdf', file_name: 'page.pdf' });
  check('a file without a duration', untimed.startsWith('file_'), untimed);

  const upload = (content, fields) => uploadFile(Buffer.from(content), fields);
  await refused('nothing', upload('', { file_type: 'stream', file_name: 'empty' }), 234010);
  await refused('an unknown file_type', upload('x', { file_type: 'exe', file_name: 'x.exe' }), 234001);
  await refused('a file without a name', upload('x', { file_type: 'stream' }), 234001);
  return keys;
}

async function chats(avatarKey) {
  section('Chats');
  const fields = { name: 'Herb garden', description: 'What grows where', avatar: avatarKey };
  const request = { params: { uuid: crypto.randomUUID() }, data: { ...fields, user_id_list: [ada.open_id] } };
  const { chat_id, name } = await done(chat.create(request));
  check('created: an id', chat_id.startsWith('oc_'), chat_id);
  same('created: its name', name, fields.name);
  const again = await done(chat.create(request));
  same('created again with the same uuid: the same chat', again.chat_id, chat_id);

  let got = await getChat(chat_id);
  same('got: name and description', [got.name, got.description], [fields.name, fields.description]);
  const kind = [got.chat_mode, got.chat_type, got.chat_status];
  same('got: a private group', kind, ['group', 'private', 'normal']);
  same('got: one user and one bot', [got.user_count, got.bot_count], ['1', '1']);
  same('got: no owner_id, since the bot owns it', got.owner_id, undefined);

  const changes = { name: 'Kitchen garden', edit_permission: 'only_owner' };
  same('updated', (await chat.update({ path: { chat_id }, data: changes })).code, 0);
  got = await getChat(chat_id);
  same('updated: what was named', [got.name, got.edit_permission], ['Kitchen garden', 'only_owner']);
  same('updated: the rest stayed', got.description, fields.description);

  const wanted = [ready.chat_id, chat_id, await newGroup('Compost', [lin])];
  const params = { page_size: 2, sort_type: 'ByCreateTimeAsc' };
  const ways = {
    'page by page': await pageByPage(chat.list, { params }),
    'by the iterator': await iterated(chat.listWithIterator, { params }),
  };
  for (const [way, found] of Object.entries(ways)) {
    const ids = found.map((one) => one.chat_id);
    same(`listed ${way}, oldest first`, ids.filter((id) => wanted.includes(id)), wanted);
    same(`listed ${way}: none twice`, new Set(ids).size, ids.length);
  }

  await refused('a chat that does not exist', getChat(`oc_${'0'.repeat(32)}`), 232006);
  await refused('a public chat called x', chat.create({ data: { name: 'x', chat_type: 'public' } }), 232020);
  const illegal = chat.update({ path: { chat_id }, data: { avatar: 'img_v3_00000000' } });
  await refused('an avatar that was not uploaded', illegal, 232041);
}

async function members() {
  section('Members');
  const chat_id = await newGroup('Members', [ada]);
  const add = (id_list, params) => done(chatMembers.create({ path: { chat_id }, params, data: { id_list } }));
  const remove = (id_list) => done(chatMembers.delete({ path: { chat_id }, data: { id_list } }));
  const everyone = async (walk, list, member_id_type = 'open_id') => {
    const found = await walk(list, { path: { chat_id }, params: { member_id_type, page_size: 1 } });
    return Object.fromEntries(found.map((member) => [member.member_id, member.name]));
  };
  const called = (users, by = 'open_id') => Object.fromEntries(users.map((user) => [user[by], user.name]));

  const added = await add([lin.open_id, chen.open_id]);
  same('added: nobody is left over', [added.invalid_id_list, added.not_existed_id_list], [[], []]);
  same('added by user_id', (await add([sam.user_id], { member_id_type: 'user_id' })).invalid_id_list, []);
  for (const kind of ['open_id', 'union_id', 'user_id']) {
    const listed = await everyone(pageByPage, chatMembers.get, kind);
    same(`listed by ${kind}, page by page`, listed, called(ready.users, kind));
  }
  same('listed by the iterator', await everyone(iterated, chatMembers.getWithIterator), called(ready.users));
  const total = (await done(chatMembers.get({ path: { chat_id } }))).member_total;
  same('listed: how many there are, without the bot', total, 4);
  same('removed: all of them', (await remove([sam.open_id, chen.open_id])).invalid_id_list, []);
  same('removed: the others stay', await everyone(pageByPage, chatMembers.get), called([lin, ada]));

  await refused('someone who does not exist', add([NOBODY]), 99992351);
  const partly = await add([NOBODY, chen.open_id], { succeed_type: 1 });
  same('with succeed_type 1 the others join', partly.not_existed_id_list, [NOBODY]);
  await refused('nobody removed', remove([]), 232027);
}

async function leaving() {
  section('A chat the bot has left');
  // Someone has to own it then.
  const chat_id = await newGroup('Left behind', [ada], { owner_id: lin.open_id });
  same('before: its owner', (await getChat(chat_id)).owner_id, lin.open_id);
  same('the bot removes itself', (await leave(chat_id)).invalid_id_list, []);
  const { name, owner_id } = await getChat(chat_id);
  same('from outside: its name, and no more', [name, owner_id], ['Left behind', undefined]);

  await refused('its members', chatMembers.get({ path: { chat_id } }), 232011);
  await refused('a message to it', send(['chat_id', chat_id], 'text', { text: 'hello' }), 230002);
  await refused('its card', send(['open_id', ada.open_id], 'share_chat', { chat_id }), 230002);
  const container = { container_id_type: 'chat', container_id: chat_id };
  await refused('its history', message.list({ params: container }), 230002);
}

// Name, type, what is sent, what readers get. How cards 2.0 are read by default is not documented.
function contents(group, imageKeys, fileKeys) {
  const [picture, cover] = [imageKeys['gradient.png'], imageKeys['gradient.jpg']];
  const rest = [
    [{ tag: 'img', image_key: picture }],
    [{ tag: 'media', file_key: fileKeys.mp4, image_key: cover }],
    [{ tag: 'emotion', emoji_type: 'SMILE' }],
    [{ tag: 'hr' }],
    [{ tag: 'code_block', language: 'GO', text: 'func main() {}' }],
  ];
  const sow = { tag: 'text', text: 'Sow', style: ['bold'] };
  const link = { tag: 'a', text: 'basil', href: 'https://example.com/basil', style: [] };
  const atSent = { tag: 'at', user_id: ada.open_id, style: [] };
  const atRead = { tag: 'at', user_id: '@_user_1', user_name: ada.name, style: [] };
  const markdown = { tag: 'md', text: '**Sow**[basil](https://example.com/basil)' };
  const post = (...content) => ({ title: 'Sowing', content });

  const title = { title: { tag: 'plain_text', content: 'Sowing' } };
  const button = { tag: 'button', text: { tag: 'plain_text', content: 'Yes' }, type: 'primary' };
  const card = {
    header: title,
    elements: [
      { tag: 'div', text: { tag: 'plain_text', content: 'Basil today?' } },
      { tag: 'hr' },
      { tag: 'action', actions: [button] },
    ],
  };
  const cardRead = {
    title: 'Sowing',
    elements: [
      [{ tag: 'text', text: 'Basil today?' }],
      [{ tag: 'hr' }],
      [{ tag: 'button', text: 'Yes', type: 'primary' }],
    ],
  };
  const elements = [{ tag: 'markdown', content: '**Basil** today?' }];
  const card2 = { schema: '2.0', header: title, body: { elements } };

  const text = { text: `<at user_id="${ada.open_id}">Ada</at> <b>sow</b> basil` };
  const still = { image_key: picture };
  const document = { file_key: fileKeys.pdf };
  const audio = { file_key: fileKeys.opus };
  const media = { file_key: fileKeys.mp4, image_key: cover };
  const thisGroup = { chat_id: group };
  const someone = { user_id: lin.open_id };
  return [
    ['text', 'text', text, { text: '@_user_1 sow basil' }],
    ['post', 'post', { zh_cn: post([sow, link, atSent], ...rest) }, post([sow, link, atRead], ...rest)],
    ['post in Markdown', 'post', { en_us: post([markdown]) }, post([sow, link])],
    ['image', 'image', still, still],
    ['file', 'file', document, { ...document, file_name: 'page.pdf' }],
    ['audio', 'audio', audio, { ...audio, duration: 1000 }],
    ['media', 'media', media, { ...media, file_name: '渐变 video.mp4', duration: 1000 }],
    ['card 1.0', 'interactive', card, cardRead],
    ['card 2.0', 'interactive', card2, undefined],
    ['share_chat', 'share_chat', thisGroup, thisGroup],
    ['share_user', 'share_user', someone, someone],
  ];
}

async function everyType(imageKeys, fileKeys) {
  section('Messages of every type, by every receive_id_type');
  const group = await newGroup('Every type', [ada]);
  const toGroup = ['chat_id', group];
  const toUser = ['open_id', 'union_id', 'user_id', 'email'].map((kind) => [kind, ada[kind]]);
  const ids = {};
  for (const [name, msgType, sent, expected] of contents(group, imageKeys, fileKeys)) {
    const inGroup = await send(toGroup, msgType, sent);
    const withUser = await Promise.all(toUser.map((to) => send(to, msgType, sent)));
    ids[name] = inGroup.message_id;
    same(`${name}: its type`, new Set([inGroup, ...withUser].map((one) => one.msg_type)), new Set([msgType]));
    same(`${name}: in the group`, inGroup.chat_id, group);
    same(`${name}: by four ids of a user, in one chat`, new Set(withUser.map((one) => one.chat_id)).size, 1);
    if (expected) {
      same(`${name}: as the answer shows it`, said(inGroup), expected);
      same(`${name}: as readers get it`, said(await read(ids[name])), expected);
    }
    if (msgType === 'interactive') {
      const asSent = await read(ids[name], { card_msg_content_type: 'user_card_content' });
      same(`${name}: as it was sent`, said(asSent), sent);
    }
  }

  const text = await read(ids.text);
  const { tenant_key } = ready;
  const sender = { id: ready.app_id, id_type: 'app_id', sender_type: 'app', tenant_key };
  same('text: its sender', text.sender, sender);
  const mention = { key: '@_user_1', id: ada.open_id, id_type: 'open_id', name: ada.name, tenant_key };
  same('text: its mention', text.mentions, [mention]);
  const [byUnionId] = (await read(ids.text, { user_id_type: 'union_id' })).mentions;
  same('text: its mention by union_id', byUnionId.id, ada.union_id);

  const divider = { type: 'divider', params: { divider_text: { text: 'New session' } } };
  same('system: for a user', (await send(toUser[0], 'system', divider)).msg_type, 'system');
  await refused('system: for a group', send(toGroup, 'system', divider), 230001);
  const sticker = { file_key: 'file_v3_00000000' };
  await refused('sticker: one the bot was never sent', send(toGroup, 'sticker', sticker), 230001);
  return { group, ids };
}

async function resources(ids, imageKeys, fileKeys) {
  section('What stands in messages');
  const get = (name, file_key, type) =>
    messageResource.get({ path: { message_id: ids[name], file_key }, params: { type } });

  const png = imageKeys['gradient.png'];
  for (const [name, key, type, original] of [
    ['image', png, 'image', 'gradient.png'],
    ['post', png, 'image', 'gradient.png'],
    ['file', fileKeys.pdf, 'file', 'page.pdf'],
    ['audio', fileKeys.opus, 'file', 'tone.opus'],
    ['media', fileKeys.mp4, 'file', 'gradient.mp4'],
    ['media', imageKeys['gradient.jpg'], 'image', 'gradient.jpg'],
  ]) {
    const content = await bytes(get(name, key, type));
    check(`${name}: its ${type}, byte by byte`, content.equals(fs.readFileSync(fixture(original))));
  }

  await refused('a key from elsewhere', get('image', imageKeys['gradient.gif'], 'image'), 234003);
  await refused('out of a card', get('card 1.0', png, 'image'), 234043);
  await refused('an unknown type', get('image', png, 'video'), 234001);
}

async function replies(group, ids) {
  section('Replies and threads');
  let root = ids.text;
  let first = await reply(root, 'tomorrow');
  same('a reply: root and parent', [first.root_id, first.parent_id], [root, root]);
  let second = await reply(first.message_id, 'why not today');
  same('a reply to it: root and parent', [second.root_id, second.parent_id], [root, first.message_id]);
  same('neither stands in a thread', [first.thread_id, second.thread_id], [undefined, undefined]);
  const uuid = crypto.randomUUID();
  const once = await reply(root, 'only once', { uuid });
  const again = await reply(root, 'only once', { uuid });
  same('a reply with the same uuid: the same message', again.message_id, once.message_id);

  root = ids.image;
  first = await reply(root, 'in a thread', { reply_in_thread: true });
  check('reply_in_thread: a thread begins', String(first.thread_id).startsWith('omt_'), first);
  same('the root stands in it', (await read(root)).thread_id, first.thread_id);
  second = await reply(first.message_id, 'and so is this');
  same('a reply to the reply stands in it', second.thread_id, first.thread_id);
  same('its root and parent: the root of the thread', [second.root_id, second.parent_id], [root, root]);
  const threaded = [first.message_id, second.message_id];
  const inThread = texts(await messagesOf('thread', first.thread_id, { page_size: 1 }));
  same('the thread, page by page', inThread, threaded);
  const shown = texts(await messagesOf('chat', group));
  check('the chat does not show it', !threaded.some((id) => shown.includes(id)), shown);
}

async function history() {
  section('Getting and listing messages');
  const group = await newGroup('History', [ada]);
  const toGroup = ['chat_id', group];
  const sent = [];
  for (const number of [0, 1, 2, 3, 4, 5, 6]) {
    sent.push((await send(toGroup, 'text', { text: `line ${number}` })).message_id);
  }

  const container = { container_id_type: 'chat', container_id: group };
  for (const [order, sort_type, expected] of [
    ['oldest first', 'ByCreateTimeAsc', sent],
    ['newest first', 'ByCreateTimeDesc', [...sent].reverse()],
  ]) {
    const payload = { params: { ...container, sort_type, page_size: 3 } };
    same(`listed, ${order}, page by page`, texts(await pageByPage(message.list, payload)), expected);
    const byIterator = await iterated(message.listWithIterator, payload);
    same(`listed, ${order}, by the iterator`, texts(byIterator), expected);
  }
  const page = await done(message.list({ params: { ...container, page_size: 3 } }));
  same('listed: a page of page_size, and more behind it', [page.items.length, page.has_more], [3, true]);
  const start_time = String(Math.floor(Date.now() / 1000) + 24 * 60 * 60);
  const none = await done(message.list({ params: { ...container, start_time } }));
  same('listed, from tomorrow on', none.items, []);

  const got = await read(sent[0]);
  same('got: its chat', got.chat_id, group);
  same('got: neither edited nor recalled', [got.updated, got.deleted], [false, false]);
  const age = Date.now() - Number(got.create_time);
  check('got: sent a moment ago, in ms', age >= 0 && age < 60_000, age);
  const query = new URLSearchParams(sent.slice(0, 3).map((id) => ['message_ids', id]));
  const answer = await client.request({ method: 'GET', url: `/open-apis/im/v1/messages/mget?${query}` });
  same('mget: in the order asked for', answer.data.items.map((item) => item.message_id), sent.slice(0, 3));

  const uuid = crypto.randomUUID();
  const { message_id } = await send(toGroup, 'text', { text: 'only once' }, { uuid });
  const again = await send(toGroup, 'text', { text: 'only once' }, { uuid });
  same('sent with the same uuid: the same message', again.message_id, message_id);
  same('sent with the same uuid: listed once', texts(await messagesOf('chat', group)), [...sent, message_id]);

  await refused('a message that does not exist', read(`om_${'0'.repeat(32)}`), 99992354);
  await refused('a page of 51', message.list({ params: { ...container, page_size: 51 } }), 99992402);
}

async function edits() {
  section('Editing and recalling');
  const group = await newGroup('Edits', [ada]);
  const { message_id } = await send(['chat_id', group], 'text', { text: 'sow basel' });
  const basil = { text: 'sow basil' };
  same('edited: as the answer shows it', said(await edit(message_id, 'text', basil)), basil);
  let got = await read(message_id);
  same('edited: as readers get it', said(got), basil);
  same('edited: it says so', got.updated, true);
  check('edited: not before it was sent', Number(got.update_time) >= Number(got.create_time), got);
  const card = { elements: [{ tag: 'hr' }] };
  const cardId = (await send(['chat_id', group], 'interactive', card)).message_id;
  await refused('an edited card', edit(cardId, 'text', { text: 'x' }), 230054);
  await refused('a text that becomes a card', edit(message_id, 'interactive', card), 230001);

  same('recalled', (await message.delete({ path: { message_id } })).code, 0);
  got = await read(message_id);
  same('recalled: it says so', got.deleted, true);
  check('recalled: its content is gone', !got.body?.content, got.body);
  const listed = (await messagesOf('chat', group)).find((one) => one.message_id === message_id);
  const shown = [listed.deleted, listed.body.content];
  same('recalled: what a list shows', shown, [true, 'This message was recalled']);
  await refused('a reply to it', reply(message_id, 'too late'), 230011);
  await refused('an edit of it', edit(message_id, 'text', { text: 'too late' }), 230011);
}

async function reactions() {
  section('Reactions');
  const group = await newGroup('Reactions', [ada, lin]);
  const { message_id } = await send(['chat_id', group], 'text', { text: 'it rains' });
  const nothing = `om_${'0'.repeat(32)}`;
  const react = (id, emoji_type) =>
    messageReaction.create({ path: { message_id: id }, data: { reaction_type: { emoji_type } } });
  const unreact = (id, reaction_id) => messageReaction.delete({ path: { message_id: id, reaction_id } });
  const listed = (params) => messageReaction.list({ path: { message_id }, params });
  const ids = (reactions) => reactions.map((one) => one.reaction_id);
  const by = ({ operator, reaction_type }) => ({ ...operator, ...reaction_type });
  const byBot = { operator_type: 'app', operator_id: ready.app_id };

  const smile = await done(react(message_id, 'SMILE'));
  same('added: by whom, and what', by(smile), { ...byBot, emoji_type: 'SMILE' });
  const age = Date.now() - Number(smile.action_time);
  check('added: a moment ago, in ms', age >= 0 && age < 60_000, age);
  const again = await done(react(message_id, 'SMILE'));
  same('added again: the same reaction', again.reaction_id, smile.reaction_id);
  const byAda = await act('react', { user: ada.open_id, message_id, emoji_type: 'SMILE' });
  const thumb = await done(react(message_id, 'THUMBSUP'));

  const all = ids([smile, byAda, thumb]);
  const payload = { path: { message_id }, params: { page_size: 1 } };
  same('listed, page by page', ids(await pageByPage(messageReaction.list, payload)), all);
  same('listed by the iterator', ids(await iterated(messageReaction.listWithIterator, payload)), all);
  const smiles = await done(listed({ reaction_type: 'SMILE', user_id_type: 'union_id' }));
  const adas = { operator_type: 'user', operator_id: ada.union_id, emoji_type: 'SMILE' };
  same('listed by emoji, users by union_id', smiles.items.map(by), [{ ...byBot, emoji_type: 'SMILE' }, adas]);

  const data = { queries: [{ message_id }, { message_id: nothing }] };
  const batch = await done(messageReaction.batchQuery({ data }));
  const counts = batch.success_msg_reaction_counts[0].reaction_count;
  const found = Object.fromEntries(counts.map((one) => [one.reaction_type, Number(one.count)]));
  same('batch_query: how many of each', found, { SMILE: 2, THUMBSUP: 1 });
  same('batch_query: which', ids(batch.success_msg_reaction_details[0].message_reaction_items), all);
  const failures = [{ message_id: nothing, fail_reason: 'invalid' }];
  same('batch_query: why not', batch.fail_msg_reaction_details, failures);

  same('taken away: what it was', by(await done(unreact(message_id, thumb.reaction_id))), by(thumb));
  same('taken away: the others stay', ids((await done(listed())).items), all.slice(0, 2));

  const other = (await send(['chat_id', group], 'text', { text: 'it pours' })).message_id;
  await refused('a Unicode emoji', react(message_id, '🌧'), 231001);
  await refused('below a message that does not exist', react(nothing, 'SMILE'), 231003);
  await refused("someone else's taken away", unreact(message_id, byAda.reaction_id), 231007);
  await refused('from below another message', unreact(other, smile.reaction_id), 231010);
  await refused('one that does not exist', unreact(message_id, thumb.reaction_id), 231011);
  await refused('a page_token of nothing', listed({ page_token: 'made-up' }), 231012);
  await refused('an unknown user_id_type', listed({ user_id_type: 'email' }), 231014);
  const divider = { type: 'divider', params: { divider_text: { text: 'New session' } } };
  const notice = (await send(['open_id', lin.open_id], 'system', divider)).message_id;
  await refused('below a notice of the system', react(notice, 'SMILE'), 231017);
  await done(message.delete({ path: { message_id: other } }));
  await refused('below a recalled message', react(other, 'SMILE'), 231003);
  await leave(group);
  await refused('from outside the chat', react(message_id, 'LAUGH'), 231002);
  await refused('listed from outside the chat', listed(), 231008);
}

async function patches() {
  section('Cards replaced');
  const card = (content, config = {}) => {
    const div = { tag: 'div', text: { tag: 'plain_text', content } };
    return { config, elements: [div] };
  };
  const patch = (message_id, content) =>
    message.patch({ path: { message_id }, data: { content: JSON.stringify(content) } });
  const cardOf = async (id) => said(await read(id, { card_msg_content_type: 'user_card_content' }));

  const toGroup = ['chat_id', await newGroup('Cards', [ada])];
  const update_multi = true;
  const shared = (await send(toGroup, 'interactive', card('sow', { update_multi }))).message_id;
  const ownCopy = (await send(toGroup, 'interactive', card('sow'))).message_id;
  const text = (await send(toGroup, 'text', { text: 'sow' })).message_id;

  const reap = card('reap', { update_multi });
  same('replaced', (await patch(shared, reap)).code, 0);
  same('replaced: what it is now', await cardOf(shared), reap);
  const card2 = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '**Reap**' }] } };
  same('by a card 2.0', (await patch(shared, card2)).code, 0);
  same('by a card 2.0: it is', await cardOf(shared), card2);

  await refused('a text', patch(text, reap), 230001);
  await refused('a card that is not shared', patch(ownCopy, reap), 230099);
  await refused('by a card that is not shared', patch(shared, card('reap')), 230099);
  await refused('by a list', patch(shared, []), 230099);
  await refused('a message that does not exist', patch(`om_${'0'.repeat(32)}`, reap), 99992354);
  await done(message.delete({ path: { message_id: shared } }));
  await refused('a recalled card', patch(shared, reap), 230011);
}

async function cardUpdates() {
  section('Cards updated after a click, without one');
  const url = '/open-apis/interactive/v1/card/update';
  const update = (token, card) => client.request({ method: 'POST', url, data: { token, card } });

  const card = { elements: [{ tag: 'hr' }] };
  const unknown = `c-${'0'.repeat(32)}`;
  await refused('what is no token', update('made-up', card), 300020);
  await refused('a token that is no longer known', update(unknown, card), 300030);
  await refused('a card in a string', update(unknown, JSON.stringify(card)), 100030);
}

async function readers() {
  section('Who has read a message');
  const group = await newGroup('Readers', [ada, lin]);
  const { message_id } = await send(['chat_id', group], 'text', { text: 'read me' });
  const readBy = (id, params) => message.readUsers({ path: { message_id: id }, params });

  same('nobody yet', (await done(readBy(message_id, { user_id_type: 'open_id' }))).items, []);
  for (const user of [lin, ada]) {
    const { message_id_list } = await act('read', { user: user.open_id, chat_id: group });
    check(`${user.name} reads it`, message_id_list.includes(message_id), message_id_list);
  }
  let items;
  for (const user_id_type of ['open_id', 'union_id', 'user_id']) {
    const payload = { path: { message_id }, params: { user_id_type, page_size: 1 } };
    items = await pageByPage(message.readUsers, payload);
    const ids = items.map((one) => [one.user_id_type, one.user_id]);
    const expected = [lin, ada].map((user) => [user_id_type, user[user_id_type]]);
    same(`by ${user_id_type}, in the order they read`, ids, expected);
  }
  const age = Date.now() - Number(items[0].timestamp);
  check('read a moment ago, in ms', age >= 0 && age < 60_000, age);
  same('of which tenant', items[0].tenant_key, ready.tenant_key);

  const user_id_type = 'open_id';
  const byAda = (await act('send', { user: ada.open_id, chat_id: group, text: 'done' })).message_id;
  await refused('a message of someone else', readBy(byAda, { user_id_type }), 230012);
  const nothing = readBy(`om_${'0'.repeat(32)}`, { user_id_type });
  await refused('a message that does not exist', nothing, 99992354);
  await refused('no user_id_type', readBy(message_id), 99992402);
  await refused('a page of 101', readBy(message_id, { user_id_type, page_size: 101 }), 99992402);
}

async function followUps() {
  section('Bubbles below a message');
  const push = (message_id, ...follow_ups) =>
    message.pushFollowUp({ path: { message_id }, data: { follow_ups } });
  const inEnglish = (...contents) => {
    const i18n_contents = contents.map((content) => ({ content, language: 'en_us' }));
    return { content: '浇水', i18n_contents };
  };

  // Nobody else writes to this user.
  const toSam = ['open_id', sam.open_id];
  const [yes, no] = [{ content: 'Yes' }, { content: 'No' }];
  const older = (await send(toSam, 'text', { text: 'Water the basil?' })).message_id;
  const { message_id } = await send(toSam, 'text', { text: 'And the mint?' });
  await refused('each language once', push(message_id, inEnglish('Water', 'Sprinkle')), 230007);
  await refused('four of them', push(message_id, yes, no, yes, no), 99992402);
  await refused('none', push(message_id), 99992402);
  same('pushed', (await push(message_id, yes, no, inEnglish('Water'))).code, 0);
  await refused('once more', push(message_id, yes), 230008);
  await refused('below an older message', push(older, yes), 230006);
  const toGroup = ['chat_id', await newGroup('Bubbles', [sam])];
  const inGroup = (await send(toGroup, 'text', { text: 'Water the basil?' })).message_id;
  await refused('in a group', push(inGroup, yes), 230003);
  await done(message.delete({ path: { message_id: older } }));
  await refused('below a recalled message', push(older, yes), 230004);
}

async function previews() {
  section('Previews of links, of which nobody asked for one');
  const update = (...preview_tokens) => client.im.v2.urlPreview.batchUpdate({ data: { preview_tokens } });
  const uuids = (count) => Array.from({ length: count }, () => crypto.randomUUID());
  await refused('a token that nobody issued', update(...uuids(1)), 230001);
  await refused('no token', update(), 99992402);
  await refused('eleven tokens', update(...uuids(11)), 99992402);
}

async function dissolving() {
  section('Dissolving a group');
  const dissolve = (chat_id) => chat.delete({ path: { chat_id } });

  const group = await newGroup('For a day', [ada]);
  same('dissolved', (await dissolve(group)).code, 0);
  same('dissolved: it says so', (await getChat(group)).chat_status, 'dissolved');
  const listed = await iterated(chat.listWithIterator, { params: { page_size: 100 } });
  check('dissolved: not in the list of chats', !listed.some((one) => one.chat_id === group), listed);
  await refused('once more', dissolve(group), 232009);
  await refused('a message to it', send(['chat_id', group], 'text', { text: 'hello' }), 232009);
  await refused('its members', chatMembers.get({ path: { chat_id: group } }), 232009);

  // The owner is someone else, but the bot has made it.
  const givenAway = await newGroup('Given away', [ada], { owner_id: lin.open_id });
  same('by its maker', (await dissolve(givenAway)).code, 0);

  const left = await newGroup('Left behind', [ada], { owner_id: lin.open_id });
  await leave(left);
  await refused('from outside', dissolve(left), 232011);
  const p2p = (await act('enter', { user: sam.open_id })).chat_id;
  await refused('a chat with one user', dissolve(p2p), 232008);
  await refused('one that does not exist', dissolve(`oc_${'0'.repeat(32)}`), 232006);
}

async function refusedMessages(fileKeys) {
  section('Messages that are refused');
  const toAda = ['open_id', ada.open_id];
  const hello = { text: 'hello' };

  const data = { receive_id: ada.open_id, msg_type: 'text', content: JSON.stringify(hello) };
  await refused('no receive_id_type', message.create({ data }), 99992402);
  const error = await message.create({ data }).catch((reason) => reason.response.data.error);
  same('no receive_id_type: the field is named', error.field_violations[0].field, 'receive_id_type');

  await refused('an unknown receive_id_type', send(['phone', '1'], 'text', hello), 99992402);
  await refused('an unknown msg_type', send(toAda, 'hologram', hello), 230001);
  await refused('content that is no object', send(toAda, 'text', 'hello'), 230001);
  await refused('content of another type', send(toAda, 'image', hello), 230001);
  const notUploaded = { image_key: 'img_v3_00000000' };
  await refused('an image that was not uploaded', send(toAda, 'image', notUploaded), 230001);
  await refused('a video sent as a file', send(toAda, 'file', { file_key: fileKeys.mp4 }), 230055);
  await refused('a text beyond 150 KB', send(toAda, 'text', { text: 'x'.repeat(150 * 1024) }), 230025);
  await refused('a card that is a list', send(toAda, 'interactive', []), 230099);
  await refused('an open_id of nobody', send(['open_id', NOBODY], 'text', hello), 230034);
  const toNobody = ['email', 'nobody@larkspur.example'];
  await refused('an e-mail address of nobody', send(toNobody, 'text', hello), 230034);
}

async function users() {
  section('Users');
  const get = async (user_id_type, user_id) =>
    (await done(directory.get({ params: { user_id_type }, path: { user_id } }))).user;

  let user;
  for (const kind of ['open_id', 'union_id', 'user_id']) {
    user = await get(kind, ada[kind]);
    const { name, open_id, user_id, union_id, email } = user;
    same(`got by ${kind}`, { name, open_id, user_id, union_id, email }, ada);
  }
  check('got: they work here', user.status.is_activated && !user.status.is_resigned, user.status);
  check('got: a picture', user.avatar?.avatar_72?.startsWith('http'), user.avatar);
  await refused('someone who does not exist', get('open_id', NOBODY), 99992351);

  const user_ids = [ada.open_id, lin.open_id];
  const both = { [ada.open_id]: ada.name, [lin.open_id]: lin.name };
  const { items } = await done(directory.batch({ params: { user_ids } }));
  same('batch', Object.fromEntries(items.map((one) => [one.open_id, one.name])), both);
  const basic = await done(directory.basicBatch({ data: { user_ids } }));
  same('basic_batch', Object.fromEntries(basic.users.map((one) => [one.user_id, one.name])), both);

  const nobody = 'nobody@larkspur.example';
  const wanted = { [lin.email]: lin.open_id, [nobody]: undefined, [user.mobile]: ada.open_id };
  const data = { emails: [lin.email, nobody], mobiles: [user.mobile] };
  const { user_list } = await done(directory.batchGetId({ data }));
  const found = Object.fromEntries(user_list.map((one) => [one.email || one.mobile, one.user_id]));
  same('batch_get_id, by address and number', found, wanted);
}

async function story() {
  console.log(`Node, node-sdk ${sdk.version}`);
  await tokens();
  await bot();
  const imageKeys = await pictures();
  const avatarKey = await avatar();
  await refusedPictures();
  const fileKeys = await files();
  await chats(avatarKey);
  await members();
  await leaving();
  const { group, ids } = await everyType(imageKeys, fileKeys);
  await resources(ids, imageKeys, fileKeys);
  await replies(group, ids);
  await history();
  await edits();
  await reactions();
  await patches();
  await cardUpdates();
  await readers();
  await followUps();
  await previews();
  await refusedMessages(fileKeys);
  await users();
  await dissolving();
}

tell('Node', story, 60);
