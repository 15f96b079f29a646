// What users search: messages, and bots.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { NOBODY, act, chen, client, edit, inTheNameOf, lin, message, newGroup, ready, send } =
  require('./workspace.cjs');

const say = async (group, text) => (await send(['chat_id', group], 'text', { text })).message_id;

async function found() {
  section('Messages that a user searches');
  const group = await newGroup('Rowans', [lin, chen]);
  const elsewhere = await newGroup('Rowans elsewhere', [chen]);
  const planted = await say(group, 'Plant the rowan');
  const picked = await say(group, '花楸红了, the rowan is ripe');
  const said = await act('send', { user: lin.open_id, chat_id: group, text: 'Rowan jelly' });
  const theirs = said.message_id;
  const hidden = await say(elsewhere, 'A rowan that he does not see');
  const [asLin, asChen] = [await inTheNameOf(lin), await inTheNameOf(chen)];

  const ask = (query, { filter, page, as = asLin } = {}) =>
    message.search({ params: { user_id_type: 'open_id', ...page }, data: { query, filter } }, as);
  const ids = async (...args) => (await done(ask(...args))).items.map((one) => one.id);
  const by = (filter) => ids('rowan', { filter });

  same('by a word, the newest first', await ids('rowan'), [theirs, picked, planted]);
  same('each word has to be there', await ids('ROWAN ripe'), [picked]);
  same('in Chinese', await ids('花楸'), [picked]);
  same('what stands nowhere', await ids('rowan vinegar'), []);
  same('by someone who sees more', await ids('rowan', { as: asChen }), [hidden, theirs, picked, planted]);
  const there = { as: asChen, filter: { chat_ids: [elsewhere] } };
  same('in a group', await ids('rowan', there), [hidden]);
  same('what bots sent', await by({ from_types: ['bot'] }), [picked, planted]);
  same('what nobody but bots sent', await by({ exclude_from_types: ['bot'] }), [theirs]);
  same('what a user sent', await by({ from_ids: [lin.open_id] }), [theirs]);
  same('what was sent long ago', await by({ time_range: { end_time: '2020-01-01T00:00:00+08:00' } }), []);

  const [{ display_info, meta_data }] = (await done(ask('rowan jelly'))).items;
  same('what is shown of it', display_info, 'Rowan jelly');
  const { message_id, chat_id, from_id } = meta_data;
  same('where and whose it is', [message_id, chat_id, from_id], [theirs, group, lin.open_id]);
  const first = await done(ask('rowan', { page: { page_size: 2 } }));
  same('page by page', [first.items.length, first.has_more, first.total], [2, true, 3]);
  const page = { page_size: 2, page_token: first.page_token };
  same('page by page: the rest', await ids('rowan', { page }), [planted]);

  const here = { filter: { chat_ids: [group] } };
  await edit(planted, 'text', { text: 'Plant the elder bush' });
  same('edited: not by the old words', await ids('rowan', here), [theirs, picked]);
  same('edited: by the new words', await ids('elder', here), [planted]);
  await done(message.delete({ path: { message_id: picked } }));
  same('recalled', await ids('rowan'), [theirs]);
  await refused('a page of another search', ask('ripe', { page }), 99992402);
  await refused('a page of 31', ask('rowan', { page: { page_size: 31 } }), 99992402);
  await refused('in the name of the bot', message.search({ data: { query: 'rowan' } }), 99991663);
}

async function foundById() {
  section('Messages that a user searches, the older way');
  const group = await newGroup('Sloes', [lin]);
  const first = await say(group, 'Prick the sloe');
  const second = await say(group, 'Eat the sloe');
  const { message_id } = await act('send', { user: lin.open_id, chat_id: group, text: 'Sloe gin' });
  const asLin = await inTheNameOf(lin);
  const ask = (query, more, page) => {
    const data = { query, chat_ids: [group], ...more };
    return client.search.v2.message.create({ params: { user_id_type: 'open_id', ...page }, data }, asLin);
  };
  const ids = async (...args) => (await done(ask(...args))).items;

  same('by a word, the newest first', await ids('sloe'), [message_id, second, first]);
  same('what bots sent', await ids('sloe', { from_type: 'bot' }), [second, first]);
  same('what a user sent', await ids('sloe', { from_ids: [lin.open_id] }), [message_id]);
  same('pictures only', await ids('sloe', { message_type: 'image' }), []);
  same('one-to-one chats only', await ids('sloe', { chat_type: 'p2p_chat' }), []);
  const { items, has_more, page_token } = await done(ask('sloe', {}, { page_size: 2 }));
  same('page by page', [items, has_more], [[message_id, second], true]);
  const rest = { page_size: 2, page_token };
  same('page by page: the rest', await ids('sloe', {}, rest), [first]);
  await refused('no words', ask(' '), 1278001);
  await refused('a page of another search', ask('gin', {}, rest), 1278001);
  const reversed = { start_time: '2', end_time: '1' };
  await refused('an end before the start', ask('sloe', reversed), 1278001);
  await refused('by someone who does not exist', ask('sloe', { from_ids: [NOBODY] }), 99992351);
}

async function botsFound() {
  section('Bots that a user searches');
  const group = await newGroup('One bot', [lin]);
  const asLin = await inTheNameOf(lin);
  const ask = (query, filter, params) => client.bot.v4.bot.search({ params, data: { query, filter } }, asLin);
  const names = async (...args) => (await done(ask(...args))).items.map((one) => one.display_info);
  same('by a part of the name', await names('garden'), ['Gardener']);
  same('in a group', await names('', { chat_ids: [group] }), ['Gardener']);
  same('by a name that none has', await names('lawnmower'), []);
  await act('send', { user: lin.open_id, app_id: ready.app_id, text: 'Hello' });
  const { items } = await done(ask('', { has_chatter: true }));
  same('those one has talked to', items.map((one) => one.display_info), ['Gardener']);
  check('where one talks to them', items[0].meta_data.chat_id.startsWith('oc_'), items);
  await refused('a page that there is not', ask('garden', {}, { page_token: 'made-up' }), 99992402);
  await refused('a page of 101', ask('garden', {}, { page_size: 101 }), 99992402);
}

module.exports = { botsFound, found, foundById };
