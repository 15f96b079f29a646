// Reactions to messages.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const {
  act,
  ada,
  iterated,
  leave,
  lin,
  message,
  messageReaction,
  newGroup,
  pageByPage,
  ready,
  send,
} = require('./workspace.cjs');

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

module.exports = { reactions };
