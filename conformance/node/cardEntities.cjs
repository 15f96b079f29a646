// Card entities: cards that are changed wherever they were sent.
'use strict';

const { check, done, refused, same, section } = require('./checks.cjs');
const { ada, client, newGroup, read, said, send } = require('./workspace.cjs');

const { card, cardElement } = client.cardkit.v1;

const words = (element_id, content) => ({ tag: 'markdown', element_id, content });
const cardOf = (elements, config = {}) => ({ schema: '2.0', config, body: { elements } });

const create = (content) => card.create({ data: { type: 'card_json', data: JSON.stringify(content) } });

// The changes of an entity. Each has a number above that of the one before.
function changesOf(card_id) {
  let sequence = 0;
  const change = (method) => (data) =>
    method({ path: { card_id }, data: { sequence: (sequence += 1), ...data } });
  const part = (method) => (element_id, data) =>
    method({ path: { card_id, element_id }, data: { sequence: (sequence += 1), ...data } });
  const asCard = (content) => ({ card: { type: 'card_json', data: JSON.stringify(content) } });
  return {
    update: (content, more) => change(card.update)({ ...asCard(content), ...more }),
    settings: (config) => change(card.settings)({ settings: JSON.stringify({ config }) }),
    batch: (...actions) => change(card.batchUpdate)({ actions: JSON.stringify(actions) }),
    add: (element, more) => change(cardElement.create)({ elements: JSON.stringify([element]), ...more }),
    content: (element_id, content) => part(cardElement.content)(element_id, { content }),
    replace: (element_id, element) =>
      part(cardElement.update)(element_id, { element: JSON.stringify(element) }),
    patch: (element_id, some) =>
      part(cardElement.patch)(element_id, { partial_element: JSON.stringify(some) }),
    remove: (element_id) => part(cardElement.delete)(element_id, {}),
  };
}

async function cardEntities() {
  section('Card entities');
  const { card_id } = await done(create(cardOf([words('md_1', 'one')])));
  check('made: an id', /^\d+$/.test(card_id), card_id);
  const group = ['chat_id', await newGroup('Card entities', [ada])];
  const { message_id } = await send(group, 'interactive', { type: 'card', data: { card_id } });
  // The words in the message that shows it.
  const now = async () => {
    const { body } = said(await read(message_id, { card_msg_content_type: 'user_card_content' }));
    return body.elements.map(({ content }) => content);
  };

  const change = changesOf(card_id);
  same('sent: what it shows', await now(), ['one']);
  same('updated', (await change.update(cardOf([words('md_1', 'two')]))).code, 0);
  const behind = { type: 'insert_after', target_element_id: 'md_1' };
  same('added behind another', (await change.add(words('md_2', 'three'), behind)).code, 0);
  same('the message shows both', await now(), ['two', 'three']);
  same('a part of one changed', (await change.patch('md_1', { content: 'four' })).code, 0);
  same('one replaced', (await change.replace('md_2', words('md_2', 'five'))).code, 0);
  same('the message shows that too', await now(), ['four', 'five']);
  same('settings: it streams', (await change.settings({ streaming_mode: true })).code, 0);
  same('its words as they come', (await change.content('md_1', 'four and a half')).code, 0);
  same('one taken away', (await change.remove('md_2')).code, 0);
  const adding = { action: 'add_elements', params: { type: 'append', elements: [words('md_9', 'nine')] } };
  const taking = { action: 'delete_elements', params: { element_ids: ['md_1'] } };
  same('several changes at once', (await change.batch(adding, taking)).code, 0);
  same('the message shows what is left', await now(), ['nine']);

  await refused('a change with a number that was there', change.update(cardOf([]), { sequence: 1 }), 300317);
  await refused('a card that there is not', changesOf('7'.repeat(19)).update(cardOf([])), 200740);
  const twins = [words('md_1', 'a'), words('md_1', 'b')];
  await refused('two elements by one name', create(cardOf(twins)), 300301);

  const own = cardOf([words('md_1', 'of its own')], { update_multi: true });
  const plain = await send(group, 'interactive', own);
  const converted = await done(card.idConvert({ data: { message_id: plain.message_id } }));
  check('the card of a message becomes one', /^\d+$/.test(converted.card_id), converted);
}

module.exports = { cardEntities };
