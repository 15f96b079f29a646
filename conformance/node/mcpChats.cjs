// What the MCP server does at the top of a group: notices, tabs, menus.
'use strict';

const { check, same, section } = require('./checks.cjs');

async function chatTools({ done, send }, group) {
  section('At the top of a group, and its tabs');
  const at = { path: { chat_id: group } };
  const { message_id } = await send(group, { text: 'Frost on Friday' });
  await done('im.v1.chatTopNotice.putTopNotice', {
    ...at,
    data: { chat_top_notice: [{ action_type: '1', message_id }] },
  });
  await done('im.v1.chatTopNotice.deleteTopNotice', at);

  const tab_content = { url: 'https://example.com' };
  const page = (tab_name, more) => ({ tab_name, tab_type: 'url', tab_content, ...more });
  await done('im.v1.chatTab.create', { ...at, data: { chat_tabs: [page('Seeds')] } });
  const listed = async () => (await done('im.v1.chatTab.listTabs', at)).chat_tabs;
  const { tab_id } = (await listed()).find((tab) => tab.tab_name === 'Seeds');
  await done('im.v1.chatTab.updateTabs', { ...at, data: { chat_tabs: [page('Soil', { tab_id })] } });
  const ids = (await listed()).map((tab) => tab.tab_id);
  const order = [ids[0], tab_id, ...ids.slice(1).filter((id) => id !== tab_id)];
  await done('im.v1.chatTab.sortTabs', { ...at, data: { tab_ids: order } });
  same('tabs in an order', (await listed()).map((tab) => tab.tab_id), order);
  await done('im.v1.chatTab.deleteTabs', { ...at, data: { tab_ids: [tab_id] } });
  check('a tab taken away', !(await listed()).some((tab) => tab.tab_id === tab_id));
}

async function chatMenus({ done, refused }, group) {
  section('Menus of a group');
  const at = { path: { chat_id: group } };
  const redirect_link = { common_url: 'https://example.com' };
  const link = (name) => ({ chat_menu_item: { action_type: 'REDIRECT_LINK', name, redirect_link } });
  const tools = { chat_menu_item: { action_type: 'NONE', name: 'Tools' }, children: [link('Rakes')] };
  const levels = ({ menu_tree }) => menu_tree.chat_menu_top_levels;
  const names = (tree) => levels(tree).map((one) => one.chat_menu_item.name);
  const menu_tree = { chat_menu_top_levels: [link('Seeds'), tools] };
  const made = await done('im.v1.chatMenuTree.create', { ...at, data: { menu_tree } });
  same('added', names(made), ['Seeds', 'Tools']);
  const [seeds, below] = levels(made);
  const ids = [below.chat_menu_top_level_id, seeds.chat_menu_top_level_id];
  const of = (...chat_menu_top_level_ids) => ({ ...at, data: { chat_menu_top_level_ids } });
  same('put in an order', names(await done('im.v1.chatMenuTree.sort', of(...ids))), ['Tools', 'Seeds']);
  const entry = { chat_id: group, menu_item_id: below.children[0].chat_menu_second_level_id };
  const data = { update_fields: ['NAME'], chat_menu_item: { name: 'Hoes' } };
  const changed = await done('im.v1.chatMenuItem.patch', { path: entry, data });
  same('an entry by another name', changed.chat_menu_item.name, 'Hoes');
  const [now] = levels(await done('im.v1.chatMenuTree.get', at));
  same('it is there', now.children.map((one) => one.chat_menu_item.name), ['Hoes']);
  await refused('an order of some only', 232072, 'im.v1.chatMenuTree.sort', of(ids[0]));
  same('taken away', names(await done('im.v1.chatMenuTree.delete', of(ids[0]))), ['Seeds']);
}

module.exports = { chatMenus, chatTools };
