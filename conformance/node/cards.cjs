// Cards replaced and updated, previews of links.
'use strict';

const crypto = require('node:crypto');
const { done, refused, same, section } = require('./checks.cjs');
const { ada, client, message, newGroup, read, said, send } = require('./workspace.cjs');

async function patches() {
  section('Cards replaced');
  const card = (content, config = {}) => {
    const div = { tag: 'div', text: { tag: 'plain_text', content } };
    return { config, elements: [div] };
  };
  const patch = (message_id, content) =>
    message.patch({ path: { message_id }, data: { content: JSON.stringify(content) } });
  const cardOf = async (id) => said(await read(id, { card_msg_content_type: 'user_card_content' }));

  const toGroup = ['chat_id', await newGroup('Cards', [ada])];
  const update_multi = true;
  const shared = (await send(toGroup, 'interactive', card('sow', { update_multi }))).message_id;
  const ownCopy = (await send(toGroup, 'interactive', card('sow'))).message_id;
  const text = (await send(toGroup, 'text', { text: 'sow' })).message_id;

  const reap = card('reap', { update_multi });
  same('replaced', (await patch(shared, reap)).code, 0);
  same('replaced: what it is now', await cardOf(shared), reap);
  const card2 = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '**Reap**' }] } };
  same('by a card 2.0', (await patch(shared, card2)).code, 0);
  same('by a card 2.0: it is', await cardOf(shared), card2);

  await refused('a text', patch(text, reap), 230001);
  await refused('a card that is not shared', patch(ownCopy, reap), 230099);
  await refused('by a card that is not shared', patch(shared, card('reap')), 230099);
  await refused('by a list', patch(shared, []), 230099);
  await refused('a message that does not exist', patch(`om_${'0'.repeat(32)}`, reap), 99992354);
  await done(message.delete({ path: { message_id: shared } }));
  await refused('a recalled card', patch(shared, reap), 230011);
}

async function templates() {
  section('Cards of a template that does not exist');
  const data = { template_id: 'AAqkNobody', template_variable: {} };
  const params = { receive_id_type: 'open_id' };
  const sent = message.createByCard({ params, data: { ...data, receive_id: ada.open_id } });
  await refused('sent', sent, 230099);
  const card = { config: { update_multi: true }, elements: [{ tag: 'hr' }] };
  const { message_id } = await send(['open_id', ada.open_id], 'interactive', card);
  await refused('in reply', message.replyByCard({ path: { message_id }, data }), 230099);
  // The SDK asks for an edit, and only texts and posts can be edited.
  await refused('in the place of another', message.updateByCard({ path: { message_id }, data }), 230001);
}

async function cardUpdates() {
  section('Cards updated after a click, without one');
  const url = '/open-apis/interactive/v1/card/update';
  const update = (token, card) => client.request({ method: 'POST', url, data: { token, card } });

  const card = { elements: [{ tag: 'hr' }] };
  const unknown = `c-${'0'.repeat(32)}`;
  await refused('what is no token', update('made-up', card), 300020);
  await refused('a token that is no longer known', update(unknown, card), 300030);
  await refused('a card in a string', update(unknown, JSON.stringify(card)), 100030);
}

async function previews() {
  section('Previews of links, of which nobody asked for one');
  const update = (...preview_tokens) => client.im.v2.urlPreview.batchUpdate({ data: { preview_tokens } });
  const uuids = (count) => Array.from({ length: count }, () => crypto.randomUUID());
  await refused('a token that nobody issued', update(...uuids(1)), 230001);
  await refused('no token', update(), 99992402);
  await refused('eleven tokens', update(...uuids(11)), 99992402);
}

module.exports = { cardUpdates, patches, previews, templates };
