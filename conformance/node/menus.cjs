// The menus of a group.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { ada, client, leave, newGroup } = require('./workspace.cjs');

const { chatMenuItem, chatMenuTree } = client.im.v1;

// Without more, what has entries below it.
const item = (name, more) => ({ action_type: 'NONE', name, ...more });

const link = (name, { common_url = 'https://example.com', ...more } = {}) =>
  item(name, { action_type: 'REDIRECT_LINK', redirect_link: { common_url }, ...more });

const menu = (first, ...entries) => ({
  chat_menu_item: first,
  ...(entries.length ? { children: entries.map((entry) => ({ chat_menu_item: entry })) } : {}),
});

const menusOf = (chat_id) => {
  const path = { chat_id };
  const tree = (method, data) => chatMenuTree[method]({ path, data });
  return {
    create: (...menus) => tree('create', { menu_tree: { chat_menu_top_levels: menus } }),
    get: () => chatMenuTree.get({ path }),
    sort: (...ids) => tree('sort', { chat_menu_top_level_ids: ids }),
    take: (...ids) => tree('delete', { chat_menu_top_level_ids: ids }),
    patch: (menu_item_id, field, chat_menu_item) =>
      chatMenuItem.patch({ path: { chat_id, menu_item_id }, data: { update_fields: [field], chat_menu_item } }),
  };
};

const listed = async (call) => (await done(call)).menu_tree.chat_menu_top_levels;
const ids = (menus) => menus.map((one) => one.chat_menu_top_level_id);

// Each menu with its entries.
const names = async (call) =>
  (await listed(call)).map(({ chat_menu_item, children = [] }) => [
    chat_menu_item.name,
    children.map((entry) => entry.chat_menu_item.name),
  ]);

async function menus() {
  section('Menus');
  const { create, get, sort, take, patch } = menusOf(await newGroup('Menus', [ada]));
  same('at first: none', await listed(get()), []);
  await done(create(menu(link('Seeds', { i18n_names: { zh_cn: '种子', en_us: 'Seeds' } }))));
  const made = await listed(create(menu(item('Tools'), link('Spades'), link('Rakes'))));
  const whole = [
    ['Seeds', []],
    ['Tools', ['Spades', 'Rakes']],
  ];
  same('added behind the others', await names(get()), whole);
  const [seeds, tools] = made;
  same('added: where one leads', seeds.chat_menu_item.redirect_link.common_url, 'https://example.com');
  same('added: its names', seeds.chat_menu_item.i18n_names.zh_cn, '种子');
  const rakes = tools.children[1].chat_menu_second_level_id;
  const all = [...ids(made), rakes];
  check('added: each has an id of its own', new Set(all).size === 3 && all.every(Boolean), all);

  same('put in an order', await names(sort(...ids(made).reverse())), [...whole].reverse());
  const hoes = (await done(patch(rakes, 'NAME', { name: 'Hoes' }))).chat_menu_item;
  same('an entry by another name', [hoes.name, hoes.action_type], ['Hoes', 'REDIRECT_LINK']);
  const common_url = 'https://example.com/seeds';
  const change = { redirect_link: { common_url }, name: 'no field to change' };
  await done(patch(seeds.chat_menu_top_level_id, 'REDIRECT_LINK', change));
  const now = [
    ['Tools', ['Spades', 'Hoes']],
    ['Seeds', []],
  ];
  same('changed: it is there', await names(get()), now);
  const [, changed] = await listed(get());
  same('changed: where one leads', changed.chat_menu_item.redirect_link.common_url, common_url);
  same('taken away, with what is below it', await names(take(tools.chat_menu_top_level_id)), [['Seeds', []]]);
  same('taken away: it is gone', await names(get()), [['Seeds', []]]);
}

async function refusedMenus() {
  section('Menus that cannot be');
  const group = await newGroup('Few menus', [ada]);
  const { create, get, sort, take, patch } = menusOf(group);
  const [first, second] = ids(await listed(create(menu(link('a')), menu(link('b')))));
  await refused('four at once', create(...Array(4).fill(menu(link('x')))), 99992402);
  await refused('four in all', create(menu(link('c')), menu(link('d'))), 232070);
  await refused('a name of 121 letters', create(menu(link('x'.repeat(121)))), 232001);
  const elsewhere = link('x', { common_url: 'ftp://example.com' });
  await refused('an address without http', create(menu(elsewhere)), 232078);
  await refused('one that leads somewhere, and has entries', create(menu(link('x'), link('y'))), 232078);
  await refused('six entries', create(menu(item('x'), ...Array(6).fill(link('y')))), 99992402);
  await refused('an order of some only', sort(first), 232072);
  await refused('an order with one twice', sort(second, second), 232072);
  await refused('an entry that does not exist', patch('1', 'NAME', { name: 'x' }), 232001);
  await refused('a field that there is not', patch(first, 'COLOUR', { name: 'x' }), 99992402);
  await refused('taken away, and it does not exist', take('1'), 232001);
  same('none of that changed them', await names(get()), [['a', []], ['b', []]]);
  await refused('a group that does not exist', menusOf(`oc_${'0'.repeat(32)}`).get(), 232006);
  const outside = await newGroup('Menus elsewhere', [ada], { owner_id: ada.open_id });
  await leave(outside);
  await refused('from outside', menusOf(outside).create(menu(link('x'))), 232011);
}

module.exports = { menus, refusedMenus };
