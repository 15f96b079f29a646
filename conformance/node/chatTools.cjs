// Who may speak in a group, what stands at its top, its tabs.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { ada, client, leave, lin, newGroup, send } = require('./workspace.cjs');

const { chatModeration, chatTab, chatTopNotice } = client.im.v1;

// A group that the bot has left.
async function elsewhere(name) {
  const group = await newGroup(name, [ada], { owner_id: ada.open_id });
  await leave(group);
  return group;
}

async function moderation() {
  section('Who may speak');
  const group = await newGroup('Lecture', [ada, lin]);
  const moderate = (data) => chatModeration.update({ path: { chat_id: group }, data });
  const now = async () => {
    const state = await done(chatModeration.get({ path: { chat_id: group } }));
    return [state.moderation_setting, (state.items ?? []).map((one) => one.user_id)];
  };
  same('at first: everybody', await now(), ['all_members', []]);
  const listed = { moderation_setting: 'moderator_list', moderator_added_list: [ada.open_id] };
  same('those on a list', (await moderate(listed)).code, 0);
  const [setting, speakers] = await now();
  check('those on a list: who', setting === 'moderator_list' && speakers.includes(ada.open_id), speakers);
  check('those on a list: who not', !speakers.includes(lin.open_id), speakers);
  await moderate({ moderator_removed_list: [ada.open_id] });
  check('taken from the list', !(await now())[1].includes(ada.open_id), await now());
  same('everybody again', (await moderate({ moderation_setting: 'all_members' })).code, 0);
  same('everybody again: it says so', (await now())[0], 'all_members');
  await refused('an unknown setting', moderate({ moderation_setting: 'nobody' }), 232001);
  const outside = await elsewhere('Lecture elsewhere');
  await refused('from outside', chatModeration.get({ path: { chat_id: outside } }), 232011);
}

async function topNotices() {
  section('At the top of a group');
  const group = await newGroup('Notices', [ada]);
  const { message_id } = await send(['chat_id', group], 'text', { text: 'Frost on Friday' });
  const put = (chat_id, notice) =>
    chatTopNotice.putTopNotice({ path: { chat_id }, data: { chat_top_notice: [notice] } });
  const take = (chat_id) => chatTopNotice.deleteTopNotice({ path: { chat_id } });
  const notice = { action_type: '1', message_id };
  same('a message', (await put(group, notice)).code, 0);
  same('the announcement in its place', (await put(group, { action_type: '2' })).code, 0);
  same('taken away', (await take(group)).code, 0);
  await refused('a kind that there is not', put(group, { action_type: '3' }), 99992402);
  const outside = await elsewhere('Notices elsewhere');
  await refused('from outside', put(outside, notice), 232011);
  await refused('taken away from outside', take(outside), 232011);
}

async function tabs() {
  section('Tabs');
  const group = await newGroup('Tabs', [ada]);
  const page = (name, more) => ({
    tab_name: name,
    tab_type: 'url',
    tab_content: { url: `https://example.com/${name}` },
    ...more,
  });
  const create = (...chat_tabs) => chatTab.create({ path: { chat_id: group }, data: { chat_tabs } });
  const update = (...chat_tabs) => chatTab.updateTabs({ path: { chat_id: group }, data: { chat_tabs } });
  const sort = (...tab_ids) => chatTab.sortTabs({ path: { chat_id: group }, data: { tab_ids } });
  const remove = (...tab_ids) => chatTab.deleteTabs({ path: { chat_id: group }, data: { tab_ids } });
  const listed = async () => (await done(chatTab.listTabs({ path: { chat_id: group } }))).chat_tabs;
  const names = async () => (await listed()).map((tab) => tab.tab_name);

  await done(create(page('Seeds'), page('Soil')));
  const tabs = await listed();
  const called = (name) => tabs.find((tab) => tab.tab_name === name);
  check('added: they are listed', called('Seeds') && called('Soil'), tabs);
  same('added: where one leads', called('Seeds').tab_content.url, 'https://example.com/Seeds');
  const [seeds, soil] = [called('Seeds').tab_id, called('Soil').tab_id];
  const first = tabs.find((tab) => tab.tab_type === 'message').tab_id;
  await done(update(page('Compost', { tab_id: soil })));
  const now = await names();
  check('changed', now.includes('Compost') && !now.includes('Soil'), now);
  await done(sort(first, soil, seeds));
  same('put in an order', (await listed()).map((tab) => tab.tab_id), [first, soil, seeds]);
  await done(remove(soil));
  const rest = await names();
  check('taken away', !rest.includes('Compost') && rest.includes('Seeds'), rest);
  await refused('a name of 61 letters', create(page('x'.repeat(61))), 232047);
  await refused('the messages taken away', remove(first), 232049);
  await refused('an order of some only', sort(seeds), 232001);
  const outside = await elsewhere('Tabs elsewhere');
  await refused('from outside', chatTab.listTabs({ path: { chat_id: outside } }), 232011);
}

module.exports = { moderation, tabs, topNotices };
