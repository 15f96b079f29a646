// Messages of every type, what stands in them, and what is refused.
'use strict';

const fs = require('node:fs');
const { check, refused, same, section } = require('./checks.cjs');
const {
  NOBODY,
  ada,
  bytes,
  chat,
  fixture,
  image,
  lin,
  message,
  messageResource,
  newGroup,
  read,
  ready,
  said,
  send,
} = require('./workspace.cjs');

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

module.exports = { everyType, refusedMessages, resources };
