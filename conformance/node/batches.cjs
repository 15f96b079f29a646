// Messages to many users, and cards that one user alone sees.
'use strict';

const crypto = require('node:crypto');
const { REFUSALS, check, done, refusal, refused, same, section } = require('./checks.cjs');
const { NOBODY, act, ada, client, lin, message, messagesOf, newGroup } = require('./workspace.cjs');

const post = (url, data) => client.request({ method: 'POST', url, data });

async function batches() {
  section('To many users');
  const { batchMessage } = client.im.v1;
  const content = { text: `The gate closes at six ${crypto.randomUUID()}` };
  const open_ids = [ada.open_id, lin.open_id, NOBODY];
  const sent = await post('/open-apis/message/v4/batch_send/', { open_ids, msg_type: 'text', content });
  same('sent', sent.code, 0);
  const batch_message_id = sent.data.message_id;
  check('sent: an id', batch_message_id.startsWith('bm-'), batch_message_id);
  same('sent: to whom it was not', sent.data.invalid_open_ids, [NOBODY]);
  const { chat_id } = await act('enter', { user: ada.open_id });
  // The story in Python writes to the same users.
  const inChat = { container_id_type: 'chat', container_id: chat_id };
  const newest = { ...inChat, sort_type: 'ByCreateTimeDesc', page_size: 50 };
  const { items } = await done(message.list({ params: newest }));
  check('sent: one of them has it', items.some((one) => one.body.content.includes(content.text)), items);

  await act('read', { user: ada.open_id, chat_id });
  const { read_user } = await done(batchMessage.readUser({ path: { batch_message_id } }));
  same('read by one of two', [read_user.read_count, read_user.total_count].map(Number), [1, 2]);
  const progress = () => done(batchMessage.getProgress({ path: { batch_message_id } }));
  const { batch_message_send_progress: far, batch_message_recall_progress: back } = await progress();
  same('how far it came', [far.success_user_ids_count, far.read_user_ids_count, back.recall], [2, 1, false]);
  same('recalled', (await batchMessage.delete({ path: { batch_message_id } })).code, 0);
  same('recalled: it says so', (await progress()).batch_message_recall_progress.recall, true);

  const unknown = { path: { batch_message_id: `bm-${'0'.repeat(32)}` } };
  await refused('the progress of nothing', batchMessage.getProgress(unknown), 230030);
  await refused('the readers of nothing', batchMessage.readUser(unknown), 230030);
  await refused('nothing recalled', batchMessage.delete(unknown), 230030);
  const { code, msg } = await post('/open-apis/message/v4/batch_send/', { msg_type: 'text', content });
  same('to nobody: 10003', [code, msg], [10003, 'Invalid parameter.']);
}

async function forOne() {
  section('Cards that one user alone sees');
  const group = await newGroup('Whispers', [ada, lin]);
  const card = { elements: [{ tag: 'div', text: { tag: 'plain_text', content: 'For your eyes' } }] };
  const show = (more) =>
    post('/open-apis/ephemeral/v1/send', { chat_id: group, msg_type: 'interactive', card, ...more });
  const take = (message_id) => post('/open-apis/ephemeral/v1/delete', { message_id });

  const { code, data } = await show({ open_id: ada.open_id });
  same('shown', code, 0);
  const history = (await messagesOf('chat', group)).map((one) => one.message_id);
  check('shown: not in the history', !history.includes(data.message_id), history);
  same('taken away', (await take(data.message_id)).code, 0);

  const refusedWith = async (name, call, code) => {
    const { status, body } = await refusal(call);
    same(`${name}: ${code}`, [status, body.code, body.msg], [400, code, REFUSALS[code]]);
  };
  await refusedWith('to nobody', show({ open_id: NOBODY }), 11101);
  await refusedWith('nothing taken away', take(`om_${'0'.repeat(32)}`), 10020);
}

module.exports = { batches, forOne };
