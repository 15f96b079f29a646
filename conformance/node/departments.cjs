// Departments, who is in them, and what the app sees of them. `seed.toml` has them.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { ada, chen, client, getChat, inTheNameOf, iterated, lin, sam } = require('./workspace.cjs');

const { department, scope, user } = client.contact.v3;
const BY_ID = { department_id_type: 'department_id', user_id_type: 'open_id' };

// The department that this story takes its group from.
const OWN = 'plums';

const get = (department_id, kind) => department.get({ path: { department_id }, params: { ...BY_ID, ...kind } });
const got = async (...args) => (await done(get(...args))).department;
const children = (department_id, more) =>
  department.children({ path: { department_id }, params: { ...BY_ID, ...more } });
const parent = (department_id) => department.parent({ params: { ...BY_ID, department_id } });
const inside = (department_id) => user.findByDepartment({ params: { ...BY_ID, department_id } });

const idsOf = (items = []) => items.map((one) => one.department_id);
const ids = async (call) => idsOf((await done(call)).items);
const people = async (call) => (await done(call)).items.map((one) => one.open_id);

async function departments() {
  section('Departments');
  const orchard = await got('orchard');
  same('got', [orchard.name, orchard.parent_department_id], ['Orchard', '0']);
  same('got: who leads it', orchard.leader_user_id, lin.open_id);
  same('got: how many are in it, and below it', orchard.member_count, 3);
  const openId = orchard.open_department_id;
  check('got: an id that begins with od-', openId.startsWith('od-'), openId);
  const byOpenId = await got(openId, { department_id_type: 'open_department_id' });
  same('got by that id', byOpenId.department_id, 'orchard');
  const plums = await got('plums');
  same('got: in two languages', plums.i18n_name.en_us, 'Plums');
  same('got: what it is below', plums.parent_department_id, 'orchard');

  const below = ['orchard', 'pears', 'plums', 'shed'];
  same('right below the root', await ids(children('0')), ['orchard', 'shed']);
  same('all below the root', await ids(children('0', { fetch_child: true })), below);
  const deep = { ...BY_ID, fetch_child: true, page_size: 1 };
  const page = { path: { department_id: '0' }, params: deep };
  same('page by page', idsOf(await iterated(department.childrenWithIterator, page)), below);
  same('nothing below', await ids(children('shed')), []);
  same('what is above', await ids(parent('plums')), ['orchard']);
  const several = { ...BY_ID, department_ids: ['shed', 'pears'] };
  same('several at once', await ids(department.batch({ params: several })), ['shed', 'pears']);

  same('who is in it', await people(inside('plums')), [chen.open_id]);
  same('who is right in it', await people(inside('orchard')), [lin.open_id]);
  same('who is in no department', await people(inside('0')), [sam.open_id]);
  const seen = await done(scope.list({ params: BY_ID }));
  same('what the app sees: users', seen.user_ids, [sam.open_id]);
  same('what the app sees: departments', seen.department_ids, ['orchard', 'shed']);

  await refused('one that does not exist', get('nowhere'), 40015);
  await refused('below one that does not exist', children('nowhere'), 40008);
  await refused('above the root', parent('0'), 40002);
  await refused('who is in one that does not exist', inside('nowhere'), 40004, 403);
  await refused('a page that there is not', children('0', { page_token: 'made-up' }), 40012);
  await refused('a page of 51', children('0', { page_size: 51 }), 99992402);
}

async function searchedDepartments() {
  section('Departments that a user searches');
  const asAda = await inTheNameOf(ada);
  const search = (query, more) =>
    department.search({ params: { ...BY_ID, ...more }, data: { query } }, asAda);
  same('by a part of the name', await ids(search('orch')), ['orchard']);
  same('in Chinese', await ids(search('李')), ['plums']);
  same('not by its name in another language', await ids(search('plums')), []);
  const first = await done(search('园', { page_size: 1 }));
  const second = await done(search('园', { page_size: 1, page_token: first.page_token }));
  same('page by page', [...idsOf(first.items), ...idsOf(second.items)], ['pears', 'plums']);
  same('page by page: the last', second.has_more, false);
  same('nothing', await ids(search('vineyard')), []);
  await refused('no words', search(' '), 48001);
  await refused('a page of another search', search('orch', { page_token: first.page_token }), 48001);
  const byBot = department.search({ params: BY_ID, data: { query: 'orch' } });
  await refused('in the name of the bot', byBot, 99991663);
}

async function bonds() {
  section('Groups of departments');
  const unbind = (department_id) =>
    department.unbindDepartmentChat({
      params: { department_id_type: 'department_id' },
      data: { department_id },
    });
  const group = (await got(OWN)).chat_id;
  same('the group it has', (await getChat(group)).name, 'Plum growers');
  same('it has none any more', (await unbind(OWN)).code, 0);
  same('it has none any more: it says so', (await got(OWN)).chat_id, undefined);
  same('the group is still there', (await getChat(group)).name, 'Plum growers');
  await refused('once more', unbind(OWN), 40020, 403);
  await refused('the root', unbind('0'), 40002);
  await refused('one that does not exist', unbind('nowhere'), 40004, 403);
}

module.exports = { bonds, departments, searchedDepartments };
