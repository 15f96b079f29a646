// Messages and threads that are forwarded.
'use strict';

const crypto = require('node:crypto');
const { check, done, refused, same, section } = require('./checks.cjs');
const { NOBODY, ada, client, message, newGroup, read, ready, reply, said, send } = require('./workspace.cjs');

async function forwards() {
  section('Forwarding');
  const [here, there] = [await newGroup('From here', [ada]), await newGroup('To there', [ada])];
  const { message_id } = await send(['chat_id', here], 'text', { text: 'Rain tomorrow' });
  const other = (await send(['chat_id', here], 'text', { text: 'Take the pots in' })).message_id;

  const forward = (message_id, [receive_id_type, receive_id] = ['chat_id', there], more = {}) =>
    message.forward({ path: { message_id }, params: { receive_id_type, ...more }, data: { receive_id } });
  const copy = await done(forward(message_id));
  same('to a group: its words', said(await read(copy.message_id)), { text: 'Rain tomorrow' });
  same('to a group: it stands there', copy.chat_id, there);
  same('to a group: who sent it', copy.sender.id, ready.app_id);
  same('to a user', (await done(forward(message_id, ['open_id', ada.open_id]))).msg_type, 'text');
  const uuid = crypto.randomUUID();
  const once = await done(forward(message_id, undefined, { uuid }));
  const twice = await done(forward(message_id, undefined, { uuid }));
  same('with the same uuid: the same message', once.message_id, twice.message_id);
  await refused('a message that does not exist', forward(`om_${'0'.repeat(32)}`), 99992354);
  await refused('to nobody', forward(message_id, ['open_id', NOBODY]), 230034);

  const merge = (...message_id_list) =>
    message.mergeForward({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: there, message_id_list },
    });
  const merged = (await done(merge(message_id, other))).message;
  same('merged: its type', merged.msg_type, 'merge_forward');
  same('merged: its words', merged.body.content, 'Merged and Forwarded Message');
  const { items } = await done(message.get({ path: { message_id: merged.message_id } }));
  const inner = items.filter((one) => one.upper_message_id === merged.message_id).map(said);
  same('merged: what is in it', inner, [{ text: 'Rain tomorrow' }, { text: 'Take the pots in' }]);
  const elsewhere = (await send(['chat_id', there], 'text', { text: 'Sun' })).message_id;
  await refused('merged from two groups', merge(message_id, elsewhere), 230069);
  await refused('nothing merged', merge(), 99992402);

  await done(message.delete({ path: { message_id: other } }));
  await refused('a recalled message', forward(other), 230065);
  await refused('recalled messages merged', merge(other), 230065);

  const { thread_id } = await reply(message_id, 'How much?', { reply_in_thread: true });
  const forwardThread = (thread_id) =>
    client.im.v1.thread.forward({
      path: { thread_id },
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: there },
    });
  const thread = await done(forwardThread(thread_id));
  check('a thread', thread.chat_id === there && thread.message_id.startsWith('om_'), thread);
  same('a thread: its type', thread.msg_type, 'merge_forward');
  await refused('a thread that does not exist', forwardThread(`omt_${'0'.repeat(16)}`), 230064);
}

module.exports = { forwards };
