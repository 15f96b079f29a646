// Replies, threads, lists, edits.
'use strict';

const crypto = require('node:crypto');
const { check, done, refused, same, section } = require('./checks.cjs');
const {
  ada,
  chat,
  client,
  edit,
  iterated,
  message,
  messagesOf,
  newGroup,
  pageByPage,
  read,
  reply,
  said,
  send,
  texts,
} = require('./workspace.cjs');

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

module.exports = { edits, history, replies };
