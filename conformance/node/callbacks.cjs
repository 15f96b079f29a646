// What the app is asked over the long connection.
'use strict';

const { own, refused, same, section } = require('./checks.cjs');
const {
  ANSWERS,
  WATERED,
  act,
  asked,
  button,
  card,
  cardNow,
  here,
  sendCard,
  setApp,
  updateCard,
  updatedEarly,
  words,
  yes,
} = require('./handlers.cjs');

// Ada presses the button of a card whose value tells the handler what to answer.
async function click(plan, { of, ...value } = {}) {
  const message_id = await sendCard(of ?? card(button({ answer: plan, ...value })));
  const answer = await own(here.ready.base_url, 'POST', 'act/click', { user: here.ada.open_id, message_id });
  return { message_id, ...answer };
}

async function callbacks() {
  section('Asked over the long connection');
  const value = { row: 7, 10: '薄荷/mint', 9: 1.5 };
  let answer = await click('toast and card', value);
  const { message_id } = answer;
  const shown = { answer: ANSWERS['toast and card'], toast: '好的', card_updated: true };
  same('card.action.trigger: toast and card come back', answer.data, shown);
  same('card.action.trigger: the card is replaced', await cardNow(message_id), WATERED);
  let event = asked.at(-1);
  const { open_id, union_id, tenant_key } = event.operator;
  const { ada, garden, ready } = here;
  same('the handler: who', [open_id, union_id, tenant_key], [ada.open_id, ada.union_id, ready.tenant_key]);
  const { open_message_id, open_chat_id } = event.context;
  same('the handler: where', [open_message_id, open_chat_id, event.host], [message_id, garden, 'im_message']);
  const what = [event.action.tag, event.action.value];
  same('the handler: what', what, ['button', { answer: 'toast and card', ...value }]);

  const [first, second] = [card(words('Watered twice')), card(words('Watered thrice'))];
  same('a delayed update', (await updateCard(event.token, first)).code, 0);
  same('a delayed update: the card is replaced', await cardNow(message_id), first);
  same('another one', (await updateCard(event.token, second)).code, 0);
  await refused('and no third', updateCard(event.token, first), 300040);
  same('and no third: the card stays', await cardNow(message_id), second);
  await click('update');
  await refused('an update before the answer', updatedEarly.pop(), 200810);

  answer = await click('toast');
  same('a toast alone', answer.data, { answer: ANSWERS.toast, toast: '好的', card_updated: false });
  same('no answer at all', (await click('nothing')).data, { answer: {}, card_updated: false });
  same('a handler that fails', (await click('throw')).code, 200671);
  same('a card that is none', (await click('no card')).code, 200673);
  const ofNewCard = { ...yes, behaviors: [{ type: 'callback', value: { answer: 'card 1.0' } }] };
  const card2 = { schema: '2.0', body: { elements: [ofNewCard] } };
  answer = await click('card 1.0', { of: card2 });
  same('a card 1.0 in the place of a card 2.0', answer.code, 200830);
  same('a card 1.0 in the place of a card 2.0: it stays', await cardNow(answer.message_id), card2);

  const behaviors = [{ type: 'callback', value: { answer: 'toast' } }];
  const submit = { ...yes, name: 'send', form_action_type: 'submit', behaviors };
  const form = { tag: 'form', name: 'bed', elements: [{ tag: 'input', name: 'herb' }, submit] };
  const formCard = await sendCard({ schema: '2.0', body: { elements: [form] } });
  const form_value = { herb: 'basil' };
  answer = await act('submit', { user: ada.open_id, message_id: formCard, form_value });
  same('a form: the toast comes back', answer.toast, '好的');
  event = asked.at(-1);
  same('a form: the handler', [event.action.name, event.action.form_value], ['send', form_value]);

  const url = 'https://example.com/basil';
  ({ answer } = await act('open_link', { user: ada.open_id, url }));
  const inline = { title: 'Basil', url: { copy_url: url } };
  same('url.preview.get: the preview comes back', answer, { inline });
  event = asked.at(-1);
  same('url.preview.get: the handler', [event.operator.open_id, event.context.url], [ada.open_id, url]);
  const preview_tokens = [event.context.preview_token];
  const update = here.client.im.v2.urlPreview.batchUpdate({ data: { preview_tokens } });
  const { code } = await update.catch((error) => error.response.data);
  same('url.preview.get: its token updates the preview', code, 0);

  same('unsubscribed', (await setApp({ callbacks: ['url.preview.get'] })).code, 0);
  const count = asked.length;
  same('unsubscribed: nobody is asked', [(await click('toast')).code, asked.length], [200340, count]);
  same('subscribed again', (await setApp({ callbacks: ['*'] })).code, 0);
  same('subscribed again: the toast is back', (await click('toast')).data.toast, '好的');
}

module.exports = { callbacks, click };
