// What the Satori adapter can call: its own table of endpoints, walked through by hand.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { check, same, section } = require('./checks.cjs');
const { implemented } = require('./coverage.cjs');

const called = new Set();

const fixture = (name) => fs.readFileSync(path.join(__dirname, '..', 'fixtures', name));
const told = (error) => error.response?.data?.code ?? error;

// Calls by the adapter's own name, im.message.create: the values of the path, then the body, then the query.
const callerOf = (bot) => (name, ...args) => {
  called.add(name);
  return name.split('.').reduce((part, key) => part[key], bot.internal)(...args);
};

async function refused(what, call, code) {
  const answer = await Promise.resolve(call).catch(told);
  check(`${what}: ${code}`, answer === code, answer);
}

async function groups(call, [lin, chen, ada]) {
  section('Groups, by the table of endpoints');
  const made = { name: 'Koi pond', user_id_list: [ada.open_id], chat_type: 'public' };
  const { chat_id } = await call('im.chat.create', made);
  await call('im.chat.update', chat_id, { name: 'Carp pond' });
  same('updated', (await call('im.chat.get', chat_id)).name, 'Carp pond');
  const listed = [];
  for await (const one of call('im.chat.list', { page_size: 1 })) listed.push(one.chat_id);
  check('listed, by its iterator', listed.includes(chat_id), listed);
  const found = await call('im.chat.search', { query: 'Carp' });
  same('found', found.items.map((one) => one.chat_id), [chat_id]);
  check('a link', (await call('im.chat.link', chat_id, {})).share_link.startsWith('http'));

  const ids = { id_list: [lin.open_id, chen.open_id] };
  same('members added', (await call('im.chat.members.create', chat_id, ids)).invalid_id_list, []);
  const members = await call('im.chat.members.get', chat_id);
  same('members listed', members.items.length, 3);
  same('the bot is in it', (await call('im.chat.members.isInChat', chat_id)).is_in_chat, true);
  await call('im.chat.members.meJoin', chat_id);
  const manager = { manager_ids: [lin.open_id] };
  const admins = (what) => call(`im.chat.managers.${what}`, chat_id, manager);
  same('an admin', (await admins('addManagers')).chat_managers, [lin.open_id]);
  same('no admin', (await admins('deleteManagers')).chat_managers, []);
  const some = { moderation_setting: 'moderator_list', moderator_added_list: [ada.open_id] };
  await call('im.chat.moderation.update', chat_id, some);
  same('who may speak', (await call('im.chat.moderation.get', chat_id)).moderation_setting, 'moderator_list');
  await call('im.chat.moderation.update', chat_id, { moderation_setting: 'all_members' });
  // It sends what it is given for DELETE as a query, and this endpoint wants a body.
  await refused('a member removed without a body', call('im.chat.members.delete', chat_id, ids), 232027);
  await refused('a group that does not exist', call('im.chat.get', `oc_${'0'.repeat(32)}`), 232006);
  return chat_id;
}

async function tools(call, chat_id) {
  section('At the top of a group, and its tabs');
  const { message_id } = await text(call, chat_id, 'Frost on Friday');
  const chat_top_notice = [{ action_type: '1', message_id }];
  await call('im.chat.topNotice.putTopNotice', chat_id, { chat_top_notice });
  await call('im.chat.topNotice.deleteTopNotice', chat_id);
  const tab_content = { url: 'https://example.com' };
  const page = (tab_name, more) => ({ tab_name, tab_type: 'url', tab_content, ...more });
  await call('im.chat.tab.create', chat_id, { chat_tabs: [page('Seeds')] });
  const listed = async () => (await call('im.chat.tab.listTabs', chat_id)).chat_tabs;
  const { tab_id } = (await listed()).find((tab) => tab.tab_name === 'Seeds');
  await call('im.chat.tab.updateTabs', chat_id, { chat_tabs: [page('Soil', { tab_id })] });
  const ids = (await listed()).map((tab) => tab.tab_id);
  const order = [ids[0], tab_id, ...ids.slice(1).filter((id) => id !== tab_id)];
  await call('im.chat.tab.sortTabs', chat_id, { tab_ids: order });
  same('tabs in an order', (await listed()).map((tab) => tab.tab_id), order);
  const away = call('im.chat.tab.deleteTabs', chat_id, { tab_ids: [tab_id] });
  await refused('a tab taken away without a body', away, 99992402);
}

async function menus(call, chat_id) {
  section('Menus of a group, by the table of endpoints');
  const redirect_link = { common_url: 'https://example.com' };
  const link = (name) => ({ chat_menu_item: { action_type: 'REDIRECT_LINK', name, redirect_link } });
  const levels = ({ menu_tree }) => menu_tree.chat_menu_top_levels;
  const names = (tree) => levels(tree).map((one) => one.chat_menu_item.name);
  const menu_tree = { chat_menu_top_levels: [link('Seeds'), link('Soil')] };
  const made = await call('im.chat.menuTree.create', chat_id, { menu_tree });
  same('menus', names(made), ['Seeds', 'Soil']);
  const [seeds, soil] = levels(made).map((one) => one.chat_menu_top_level_id);
  const of = (...ids) => ({ chat_menu_top_level_ids: ids });
  const sorted = await call('im.chat.menuTree.sort', chat_id, of(soil, seeds));
  same('menus in an order', names(sorted), ['Soil', 'Seeds']);
  const change = { update_fields: ['NAME'], chat_menu_item: { name: 'Compost' } };
  const { chat_menu_item } = await call('im.chat.menuItem.patch', chat_id, soil, change);
  same('a menu by another name', chat_menu_item.name, 'Compost');
  same('it is there', names(await call('im.chat.menuTree.get', chat_id)), ['Compost', 'Seeds']);
  const away = call('im.chat.menuTree.delete', chat_id, of(soil));
  await refused('a menu taken away without a body', away, 99992402);
  await refused('an order of some only', call('im.chat.menuTree.sort', chat_id, of(soil)), 232072);
}

const text = (call, receive_id, words) =>
  call(
    'im.message.create',
    { receive_id, msg_type: 'text', content: JSON.stringify({ text: words }) },
    { receive_id_type: 'chat_id' },
  );

async function messages(call, chat_id, elsewhere, [, , ada], act) {
  section('Messages, by the table of endpoints');
  const { message_id } = await text(call, chat_id, 'Feed the koi');
  const words = { msg_type: 'text', content: JSON.stringify({ text: 'Feed the carp' }) };
  await call('im.message.update', message_id, words);
  const read = async (id) => (await call('im.message.get', id)).items[0];
  same('edited', JSON.parse((await read(message_id)).body.content), { text: 'Feed the carp' });
  const answered = await call('im.message.reply', message_id, { ...words, reply_in_thread: true });
  same('answered', answered.parent_id, message_id);
  const list = { container_id_type: 'chat', container_id: chat_id, sort_type: 'ByCreateTimeDesc' };
  const { items } = await call('im.message.list', list);
  check('listed', items.some((one) => one.message_id === message_id), items);

  const [to, how] = [{ receive_id: elsewhere }, { receive_id_type: 'chat_id' }];
  same('forwarded', (await call('im.message.forward', message_id, to, how)).chat_id, elsewhere);
  const both = { ...to, message_id_list: [message_id] };
  same('merged', (await call('im.message.mergeForward', both, how)).message.msg_type, 'merge_forward');
  same('a thread', (await call('im.thread.forward', answered.thread_id, to, how)).chat_id, elsewhere);

  const smile = { reaction_type: { emoji_type: 'SMILE' } };
  const { reaction_id } = await call('im.message.reaction.create', message_id, smile);
  const reactions = await call('im.message.reaction.list', message_id, {});
  same('a reaction', reactions.items.map((one) => one.reaction_id), [reaction_id]);
  await call('im.message.reaction.delete', message_id, reaction_id);
  await call('im.pin.create', { message_id });
  const pins = await call('im.pin.list', { chat_id });
  same('pinned', pins.items.map((one) => one.message_id), [message_id]);
  await call('im.pin.delete', message_id);

  const urged = [{ user_id_list: [ada.open_id] }, { user_id_type: 'open_id' }];
  for (const way of ['urgentApp', 'urgentSms', 'urgentPhone']) {
    same(`urged, ${way}`, (await call(`im.message.${way}`, message_id, ...urged)).invalid_user_id_list, []);
  }
  await act('read', { user: ada.open_id, chat_id });
  const readers = await call('im.message.readUsers', message_id, { user_id_type: 'open_id' });
  same('read', readers.items.map((one) => one.user_id), [ada.open_id]);
  await call('im.message.delete', message_id);
  await refused('recalled, and forwarded', call('im.message.forward', message_id, to, how), 230065);
}

async function uploads(call, chat_id) {
  section('Pictures and files, by the table of endpoints');
  const [png, pdf] = ['gradient.png', 'page.pdf'].map(fixture);
  const image = new File([png], 'gradient.png', { type: 'image/png' });
  const { image_key } = await call('im.image.create', { image_type: 'message', image });
  same('a picture, byte by byte', Buffer.compare(Buffer.from(await call('im.image.get', image_key)), png), 0);
  const file = { file_type: 'pdf', file_name: 'page.pdf', file: new File([pdf], 'page.pdf') };
  const { file_key } = await call('im.file.create', file);
  same('a file, byte by byte', Buffer.compare(Buffer.from(await call('im.file.get', file_key)), pdf), 0);
  const content = JSON.stringify({ file_key });
  const sent = { receive_id: chat_id, msg_type: 'file', content };
  const { message_id } = await call('im.message.create', sent, { receive_id_type: 'chat_id' });
  const resource = await call('im.message.resource.get', message_id, file_key, { type: 'file' });
  same('out of a message, byte by byte', Buffer.compare(Buffer.from(resource), pdf), 0);
}

async function cardEntities(call, chat_id) {
  section('Card entities');
  const words = (element_id, content) => ({ tag: 'markdown', element_id, content });
  const data = JSON.stringify({ schema: '2.0', body: { elements: [words('md_1', 'one')] } });
  const { card_id } = await call('cardkit.card.create', { type: 'card_json', data });
  const sent = { receive_id: chat_id, msg_type: 'interactive' };
  const content = JSON.stringify({ type: 'card', data: { card_id } });
  await call('im.message.create', { ...sent, content }, { receive_id_type: 'chat_id' });
  let sequence = 0;
  const change = (name, path, body) =>
    call(`cardkit.card.${name}`, card_id, ...path, { sequence: (sequence += 1), ...body });
  await change('update', [], { card: { type: 'card_json', data } });
  await change('settings', [], { settings: '{"config":{"streaming_mode":true}}' });
  await change('element.content', ['md_1'], { content: 'two' });
  await change('element.create', [], { type: 'append', elements: JSON.stringify([words('md_2', 'three')]) });
  await change('element.patch', ['md_2'], { partial_element: '{"content":"four"}' });
  await change('element.update', ['md_1'], { element: JSON.stringify(words('md_1', 'five')) });
  await change('batchUpdate', [], { actions: '[]' });
  const away = call('cardkit.card.element.delete', card_id, 'md_2', { sequence: (sequence += 1) });
  await refused('one taken away without a body', away, 99992402);
  const own = JSON.stringify({ ...JSON.parse(data), config: { update_multi: true } });
  const shown = await call('im.message.create', { ...sent, content: own }, { receive_id_type: 'chat_id' });
  const converted = await call('cardkit.card.idConvert', { message_id: shown.message_id });
  check('the card of a message becomes one', /^\d+$/.test(converted.card_id), converted);
}

// Sending to many is not in its table, and what comes after is.
async function batches(call, http, [lin, , ada]) {
  section('To many users');
  const open_ids = [lin.open_id, ada.open_id];
  const body = { msg_type: 'text', content: { text: 'The pond is dry' }, open_ids };
  const { message_id } = (await http.post('/message/v4/batch_send/', body)).data;
  const progress = await call('im.batchMessage.getProgress', message_id);
  same('how far it came', progress.batch_message_send_progress.success_user_ids_count, 2);
  const { read_user } = await call('im.batchMessage.readUser', message_id);
  same('who has it', Number(read_user.total_count), 2);
  await call('im.batchMessage.delete', message_id);
}

async function cards(call, chat_id, [, chen], act) {
  section('Cards, bubbles, previews');
  const card = (content) =>
    JSON.stringify({ config: { update_multi: true }, elements: [{ tag: 'markdown', content }] });
  const sent = { receive_id: chat_id, msg_type: 'interactive', content: card('sow') };
  const { message_id } = await call('im.message.create', sent, { receive_id_type: 'chat_id' });
  await call('im.message.patch', message_id, { content: card('reap') });
  const [{ body }] = (await call('im.message.get', message_id)).items;
  check('a card replaced', body.content.includes('reap'), body);
  const p2p = await act('enter', { user: chen.open_id });
  const asked = await text(call, p2p.chat_id, 'Feed the koi?');
  await call('im.message.pushFollowUp', asked.message_id, { follow_ups: [{ content: 'Yes' }] });
  const preview = { preview_tokens: ['7a1b2c3d-0000-4000-8000-000000000000'] };
  await refused('a preview that nobody asked for', call('im.urlPreview.batchUpdate', preview), 230001);
}

// What the table names and the platform has. A call with nothing behind it tells method and path.
async function known(bot) {
  const there = implemented();
  const names = [];
  async function walk(part, name) {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === 'object') await walk(value, `${name}.${key}`);
      if (typeof value !== 'function') continue;
      let endpoint;
      const http = (method, url) => {
        endpoint ??= `${method} /open-apis${url}`;
        throw new Error('it goes no further');
      };
      for (let count = 0; count < 4 && !endpoint; count += 1) {
        await value.call({ http }, ...Array(count).fill('_')).catch(() => {});
      }
      if (there.has(endpoint)) names.push(`${name}.${key}`);
    }
  }
  const table = Object.getPrototypeOf(bot.internal).constructor._tree;
  for (const service of ['im', 'cardkit']) await walk(table[service], service);
  return names;
}

async function everyCall(bot, ready, act) {
  const call = callerOf(bot);
  const chat_id = await groups(call, ready.users);
  await tools(call, chat_id);
  await menus(call, chat_id);
  await messages(call, chat_id, ready.chat_id, ready.users, act);
  await uploads(call, chat_id);
  await cards(call, chat_id, ready.users, act);
  await cardEntities(call, chat_id);
  await batches(call, bot.http, ready.users);
  await call('im.chat.delete', chat_id);
  await refused('a message to a group that is gone', text(call, chat_id, 'hello'), 232009);

  section('Every endpoint that the adapter knows and the platform has');
  const names = await known(bot);
  check('there are many', names.length > 40, names);
  const never = names.filter((name) => !called.has(name));
  check('each is called', never.length === 0, never.join(', '));
}

module.exports = { everyCall };
