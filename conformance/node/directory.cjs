// Users, by every id.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { NOBODY, ada, client, lin } = require('./workspace.cjs');

const directory = client.contact.v3.user;

async function users() {
  section('Users');
  const get = async (user_id_type, user_id) =>
    (await done(directory.get({ params: { user_id_type }, path: { user_id } }))).user;

  let user;
  for (const kind of ['open_id', 'union_id', 'user_id']) {
    user = await get(kind, ada[kind]);
    const { name, open_id, user_id, union_id, email } = user;
    same(`got by ${kind}`, { name, open_id, user_id, union_id, email }, ada);
  }
  check('got: they work here', user.status.is_activated && !user.status.is_resigned, user.status);
  check('got: a picture', user.avatar?.avatar_72?.startsWith('http'), user.avatar);
  await refused('someone who does not exist', get('open_id', NOBODY), 99992351);

  const user_ids = [ada.open_id, lin.open_id];
  const both = { [ada.open_id]: ada.name, [lin.open_id]: lin.name };
  const { items } = await done(directory.batch({ params: { user_ids } }));
  same('batch', Object.fromEntries(items.map((one) => [one.open_id, one.name])), both);
  const basic = await done(directory.basicBatch({ data: { user_ids } }));
  same('basic_batch', Object.fromEntries(basic.users.map((one) => [one.user_id, one.name])), both);

  const nobody = 'nobody@larkspur.example';
  const wanted = { [lin.email]: lin.open_id, [nobody]: undefined, [user.mobile]: ada.open_id };
  const data = { emails: [lin.email, nobody], mobiles: [user.mobile] };
  const { user_list } = await done(directory.batchGetId({ data }));
  const found = Object.fromEntries(user_list.map((one) => [one.email || one.mobile, one.user_id]));
  same('batch_get_id, by address and number', found, wanted);
}

module.exports = { users };
