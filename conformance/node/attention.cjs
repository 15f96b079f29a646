// Who has read what, and what asks for attention.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { act, ada, chen, lin, message, newGroup, pageByPage, read, ready, sam, send } = require('./workspace.cjs');

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

async function urgings() {
  section('Urgent messages');
  const group = await newGroup('Greenhouse', [ada, lin]);
  const { message_id } = await send(['chat_id', group], 'text', { text: 'The glass is broken' });
  const byAda = await act('send', { user: ada.open_id, chat_id: group, text: 'I see' });
  const ways = {
    'in the app': message.urgentApp,
    'by text message': message.urgentSms,
    'by telephone': message.urgentPhone,
  };
  for (const [way, urge] of Object.entries(ways)) {
    const urged = (message_id, ...users) => {
      const user_id_list = users.map((user) => user.open_id);
      return urge({ path: { message_id }, params: { user_id_type: 'open_id' }, data: { user_id_list } });
    };
    same(`${way}: nobody is left out`, (await done(urged(message_id, ada, lin))).invalid_user_id_list, []);
    const outside = (await done(urged(message_id, ada, chen))).invalid_user_id_list;
    same(`${way}: someone outside is named`, outside, [chen.open_id]);
    await refused(`${way}: a message of someone else`, urged(byAda.message_id, lin), 230012);
    await refused(`${way}: a message that does not exist`, urged(`om_${'0'.repeat(32)}`, ada), 99992354);
  }
}

module.exports = { followUps, readers, urgings };
