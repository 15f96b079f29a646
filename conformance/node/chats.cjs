// Groups and who is in them.
'use strict';

const crypto = require('node:crypto');
const { check, done, refused, same, section } = require('./checks.cjs');
const {
  NOBODY,
  act,
  ada,
  chat,
  chatMembers,
  chen,
  getChat,
  iterated,
  leave,
  lin,
  message,
  newGroup,
  pageByPage,
  ready,
  sam,
  send,
} = require('./workspace.cjs');

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

module.exports = { chats, dissolving, leaving, members };
