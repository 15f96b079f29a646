// Admins of groups, links into them, joining and finding them.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const {
  act,
  ada,
  chat,
  chatMembers,
  chen,
  client,
  getChat,
  leave,
  lin,
  newGroup,
  pageByPage,
} = require('./workspace.cjs');

const { chatManagers } = client.im.v1;
const NOWHERE = `oc_${'0'.repeat(32)}`;

async function managers() {
  section('Admins');
  const change = (method) => (chat_id, manager_ids) =>
    method({ path: { chat_id }, params: { member_id_type: 'open_id' }, data: { manager_ids } });
  const [add, remove] = [chatManagers.addManagers, chatManagers.deleteManagers].map(change);

  const group = await newGroup('Admins', [ada, lin]);
  const both = [ada.open_id, lin.open_id];
  same('made: who they are now', (await done(add(group, both))).chat_managers, both);
  same('made: the chat names them', (await getChat(group)).user_manager_id_list, both);
  same('no longer: who is left', (await done(remove(group, [ada.open_id]))).chat_managers, [lin.open_id]);
  same('no longer: the chat names the other', (await getChat(group)).user_manager_id_list, [lin.open_id]);
  await refused('someone outside', add(group, [chen.open_id]), 232027);
  const ofLin = await newGroup('Owned by Lin', [ada], { owner_id: lin.open_id });
  await refused('by someone who is not the owner', add(ofLin, [ada.open_id]), 232038);
  await refused('taken by someone who is not the owner', remove(ofLin, [ada.open_id]), 232038);
}

async function links() {
  section('Links into groups');
  const link = (chat_id, validity_period) => chat.link({ path: { chat_id }, data: { validity_period } });
  const group = await newGroup('Open gate', [ada]);
  const week = await done(link(group, 'week'));
  check('for a week: an address', week.share_link.startsWith('http'), week.share_link);
  const days = (Number(week.expire_time) - Date.now() / 1000) / 86_400;
  check('for a week: until then', days > 6.9 && days < 7.1 && !week.is_permanent, days);
  same('for ever', (await done(link(group, 'permanently'))).is_permanent, true);
  await refused('for a century', link(group, 'century'), 232001);
  const p2p = await act('enter', { user: ada.open_id });
  await refused('into a chat with one user', link(p2p.chat_id), 232062);
  await refused('into one that does not exist', link(NOWHERE), 232006);
}

async function joining() {
  section('Joining');
  const inside = async (chat_id) => (await done(chatMembers.isInChat({ path: { chat_id } }))).is_in_chat;
  const join = (chat_id) => chatMembers.meJoin({ path: { chat_id } });
  const club = await newGroup('Seed exchange', [ada], { chat_type: 'public', owner_id: ada.open_id });
  const cellar = await newGroup('Cellar', [ada], { owner_id: ada.open_id });
  same('inside', [await inside(club), await inside(cellar)], [true, true]);
  await leave(club);
  await leave(cellar);
  same('left: outside', [await inside(club), await inside(cellar)], [false, false]);
  same('a public group: joined', (await join(club)).code, 0);
  same('a public group: inside', await inside(club), true);
  same('once more: nothing happens', (await join(club)).code, 0);
  await refused('a private group', join(cellar), 232008);
  await refused('whether it is in one that does not exist', inside(NOWHERE), 232006);
}

async function finding() {
  section('Finding groups');
  const name = `Marrow ${Date.now()}`;
  const group = await newGroup(name, [ada, lin]);
  const found = await done(chat.search({ params: { query: name } }));
  same('by name', found.items.map((one) => [one.chat_id, one.name]), [[group, name]]);
  const part = await pageByPage(chat.search, { params: { query: 'Marrow', page_size: 1 } });
  check('by part of it, page by page', part.some(({ chat_id }) => chat_id === group), part);
  const tooLong = await done(chat.search({ params: { query: 'x'.repeat(65) } }));
  same('by more than 64 characters: nothing', tooLong.items, []);
  await refused('a page of 101', chat.search({ params: { query: 'x', page_size: 101 } }), 99992402);

  const search = (data) => client.im.v2.chat.search({ params: { page_size: 10 }, data });
  const newer = await done(search({ query: name }));
  same('the newer way: one', [newer.total, newer.items[0].meta_data.chat_id], [1, group]);
  const among = async (member_ids) => (await done(search({ query: name, filter: { member_ids } }))).total;
  same('with these members', await among([ada.open_id, lin.open_id]), 1);
  same('with someone who is not in it', await among([chen.open_id]), 0);
  await refused('an unknown order', search({ query: name, sorter: 'by_mood' }), 99992402);
}

module.exports = { finding, joining, links, managers };
