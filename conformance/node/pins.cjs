// Messages that are pinned.
'use strict';

const { done, refused, same, section } = require('./checks.cjs');
const { ada, client, leave, message, newGroup, pageByPage, ready, send } = require('./workspace.cjs');

async function pins() {
  section('Pins');
  const { pin } = client.im.v1;
  const group = await newGroup('Pins', [ada]);
  const [first, second] = [
    (await send(['chat_id', group], 'text', { text: 'one' })).message_id,
    (await send(['chat_id', group], 'text', { text: 'two' })).message_id,
  ];
  const add = (message_id) => pin.create({ data: { message_id } });
  const remove = (message_id) => pin.delete({ path: { message_id } });
  const pinned = async () =>
    (await pageByPage(pin.list, { params: { chat_id: group, page_size: 1 } })).map((one) => one.message_id);

  const made = (await done(add(first))).pin;
  const { message_id, chat_id, operator_id, operator_id_type } = made;
  const shown = [message_id, chat_id, operator_id, operator_id_type];
  same('pinned: by whom, and where', shown, [first, group, ready.app_id, 'app_id']);
  same('pinned again: as it was', (await done(add(first))).pin.create_time, made.create_time);
  await done(add(second));
  same('listed, page by page', (await pinned()).sort(), [first, second].sort());
  same('unpinned', (await remove(first)).code, 0);
  same('unpinned: the other stays', await pinned(), [second]);
  same('unpinned again: nothing happens', (await remove(first)).code, 0);
  await refused('a message that does not exist', add(`om_${'0'.repeat(32)}`), 99992354);
  await done(message.delete({ path: { message_id: first } }));
  await refused('a recalled message', add(first), 230011);
  const elsewhere = await newGroup('Pins elsewhere', [ada], { owner_id: ada.open_id });
  await leave(elsewhere);
  await refused('from outside', pin.list({ params: { chat_id: elsewhere } }), 230002);
}

module.exports = { pins };
