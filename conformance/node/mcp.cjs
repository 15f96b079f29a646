// Has the official MCP server do everything it can do with messages: mcp.cjs READY_FILE FOLDER
'use strict';

const fs = require('node:fs');
const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
const { StdioClientTransport } = require('@modelcontextprotocol/sdk/client/stdio.js');
const mcp = require('@larksuiteoapi/lark-mcp/package.json');
const { AllTools } = require('@larksuiteoapi/lark-mcp/dist/mcp-tool/tools');
const { check, ownData, same, section, tell } = require('./checks.cjs');
const { implemented, shape } = require('./coverage.cjs');
const { chatMenus, chatTools } = require('./mcpChats.cjs');

const [readyFile, folder] = process.argv.slice(2);
const ready = JSON.parse(fs.readFileSync(readyFile, 'utf8'));
const [lin, chen, ada] = ready.users;

// The tools for the message domain that the platform has an endpoint for. What is built in names no path.
const there = implemented();
const wanted = AllTools.filter(({ project }) => ['im', 'cardkit'].includes(project))
  .filter((tool) => !tool.path || there.has(`${tool.httpMethod} ${shape(tool.path)}`))
  .map(({ name }) => name);

const client = new Client({ name: 'conformance', version: '1.0.0' });
const called = new Set();
let server;

async function ask(name, given) {
  called.add(name);
  const { isError = false, content } = await client.callTool({ name, arguments: given });
  return { isError, answer: JSON.parse(content[0].text) };
}

// What a tool answers, for what has to succeed.
async function done(name, given) {
  const { isError, answer } = await ask(name, given);
  if (isError || (answer.code ?? 0) !== 0) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
}

async function refused(what, code, name, given) {
  const { isError, answer } = await ask(name, given);
  check(`${what}: ${code}`, isError && answer.code === code, answer);
}

const act = (what, fields) => ownData(ready.base_url, 'POST', `act/${what}`, fields);
const chatOf = (chat_id) => ({ path: { chat_id } });
const byOpenId = { member_id_type: 'open_id' };

async function send(chat_id, content, msg_type = 'text') {
  const data = { receive_id: chat_id, msg_type, content: JSON.stringify(content) };
  return done('im.v1.message.create', { params: { receive_id_type: 'chat_id' }, data });
}

async function connecting() {
  section('Connecting');
  const where = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_STATE_HOME: folder, HOME: folder };
  const app = ['--app-id', ready.app_id, '--app-secret', ready.app_secret, '--domain', ready.base_url];
  const how = ['--token-mode', 'tenant_access_token', '--tool-name-case', 'dot', '--tools', wanted.join(',')];
  const cli = require.resolve('@larksuiteoapi/lark-mcp/dist/cli.js');
  const args = [cli, 'mcp', ...app, ...how];
  // It logs that it finds no keyring, which only users' tokens would need.
  server = new StdioClientTransport({
    command: process.execPath,
    args,
    env: { ...process.env, ...where },
    stderr: 'ignore',
  });
  await client.connect(server);
  const { tools } = await client.listTools();
  same('the tools that were asked for', tools.map(({ name }) => name).sort(), [...wanted].sort());
}

async function chats() {
  section('Groups');
  const made = await done('im.v1.chat.create', {
    params: { user_id_type: 'open_id' },
    data: { name: 'By MCP', user_id_list: [ada.open_id], chat_type: 'public' },
  });
  const group = made.chat_id;
  check('created', group.startsWith('oc_'), made);
  const at = chatOf(group);
  await done('im.v1.chat.update', { ...at, data: { name: 'Still by MCP' } });
  same('updated', (await done('im.v1.chat.get', at)).name, 'Still by MCP');
  const listed = await done('im.v1.chat.list', { params: { sort_type: 'ByActiveTimeDesc' } });
  check('listed', listed.items.some(({ chat_id }) => chat_id === group), listed);
  const found = await done('im.v1.chat.search', { params: { query: 'Still by MCP' } });
  same('found', found.items.map(({ chat_id }) => chat_id), [group]);
  check('a link', (await done('im.v1.chat.link', { ...at, data: {} })).share_link.startsWith('http'));

  const both = { ...at, params: byOpenId, data: { id_list: [lin.open_id, chen.open_id] } };
  same('members added', (await done('im.v1.chatMembers.create', both)).invalid_id_list, []);
  const off = { ...at, params: byOpenId, data: { id_list: [chen.open_id] } };
  same('a member removed', (await done('im.v1.chatMembers.delete', off)).invalid_id_list, []);
  const members = await done('im.v1.chatMembers.get', { ...at, params: byOpenId });
  same('members listed', members.items.map(({ name }) => name).sort(), [ada.name, lin.name].sort());
  same('the bot is in it', (await done('im.v1.chatMembers.isInChat', at)).is_in_chat, true);
  await done('im.v1.chatMembers.meJoin', at);

  const manager = { ...at, params: byOpenId, data: { manager_ids: [lin.open_id] } };
  same('an admin', (await done('im.v1.chatManagers.addManagers', manager)).chat_managers, [lin.open_id]);
  same('no admin', (await done('im.v1.chatManagers.deleteManagers', manager)).chat_managers, []);
  const some = { moderation_setting: 'moderator_list', moderator_added_list: [ada.open_id] };
  await done('im.v1.chatModeration.update', { ...at, data: some });
  const speakers = await done('im.v1.chatModeration.get', { ...at, params: { user_id_type: 'open_id' } });
  same('who may speak', speakers.moderation_setting, 'moderator_list');
  await done('im.v1.chatModeration.update', { ...at, data: { moderation_setting: 'all_members' } });
  await refused('a group that does not exist', 232006, 'im.v1.chat.get', chatOf(`oc_${'0'.repeat(32)}`));
  return group;
}

async function messages(group) {
  section('Messages');
  const { message_id } = await send(group, { text: 'Water the basil' });
  const at = { path: { message_id } };
  const read = async (more) => (await done('im.v1.message.get', { ...at, ...more })).items[0];
  same('sent', JSON.parse((await read()).body.content), { text: 'Water the basil' });
  const data = { msg_type: 'text', content: JSON.stringify({ text: 'Water the mint' }) };
  await done('im.v1.message.update', { ...at, data });
  same('edited', JSON.parse((await read()).body.content), { text: 'Water the mint' });
  const answered = await done('im.v1.message.reply', { ...at, data: { ...data, reply_in_thread: true } });
  same('answered', answered.parent_id, message_id);
  const list = { container_id_type: 'chat', container_id: group, sort_type: 'ByCreateTimeDesc' };
  const { items } = await done('im.v1.message.list', { params: list });
  check('listed', items.some((one) => one.message_id === message_id), items);

  const to = { params: { receive_id_type: 'chat_id' }, data: { receive_id: ready.chat_id } };
  same('forwarded', (await done('im.v1.message.forward', { ...at, ...to })).chat_id, ready.chat_id);
  const merged = await done('im.v1.message.mergeForward', {
    ...to,
    data: { ...to.data, message_id_list: [message_id] },
  });
  same('merged', merged.message.msg_type, 'merge_forward');
  const thread = { path: { thread_id: answered.thread_id }, ...to };
  same('a thread forwarded', (await done('im.v1.thread.forward', thread)).chat_id, ready.chat_id);

  const smile = await done('im.v1.messageReaction.create', {
    ...at,
    data: { reaction_type: { emoji_type: 'SMILE' } },
  });
  const reactions = await done('im.v1.messageReaction.list', { ...at, params: {} });
  same('a reaction', reactions.items.map((one) => one.reaction_id), [smile.reaction_id]);
  await done('im.v1.messageReaction.delete', { path: { message_id, reaction_id: smile.reaction_id } });
  same('pinned', (await done('im.v1.pin.create', { data: { message_id } })).pin.message_id, message_id);
  const pins = await done('im.v1.pin.list', { params: { chat_id: group } });
  same('pins listed', pins.items.map((one) => one.message_id), [message_id]);
  await done('im.v1.pin.delete', at);

  const urged = { ...at, params: { user_id_type: 'open_id' }, data: { user_id_list: [ada.open_id] } };
  for (const way of ['urgentApp', 'urgentSms', 'urgentPhone']) {
    same(`urged, ${way}`, (await done(`im.v1.message.${way}`, urged)).invalid_user_id_list, []);
  }
  await act('read', { user: ada.open_id, chat_id: group });
  const readers = await done('im.v1.message.readUsers', { ...at, params: { user_id_type: 'open_id' } });
  same('read', readers.items.map((one) => one.user_id), [ada.open_id]);
  await done('im.v1.message.delete', at);
  same('recalled', (await read()).deleted, true);
  await refused('recalled, and forwarded', 230065, 'im.v1.message.forward', { ...at, ...to });
}

async function cards(group) {
  section('Cards, bubbles, previews');
  const card = (content) => ({
    config: { update_multi: true },
    elements: [{ tag: 'div', text: { tag: 'plain_text', content } }],
  });
  const { message_id } = await send(group, card('sow'), 'interactive');
  const at = { path: { message_id } };
  await done('im.v1.message.patch', { ...at, data: { content: JSON.stringify(card('reap')) } });
  const [{ body }] = (await done('im.v1.message.get', at)).items;
  check('a card replaced', body.content.includes('reap'), body);
  // Bubbles go below the last message, and the other stories have come to their end.
  const p2p = await act('enter', { user: lin.open_id });
  const asked = await send(p2p.chat_id, { text: 'Water the basil?' });
  const follow_ups = [{ content: 'Yes' }];
  await done('im.v1.message.pushFollowUp', { path: { message_id: asked.message_id }, data: { follow_ups } });
  await refused('a preview that nobody asked for', 230001, 'im.v2.urlPreview.batchUpdate', {
    data: { preview_tokens: ['7a1b2c3d-0000-4000-8000-000000000000'] },
  });
}

async function cardEntities(group) {
  section('Card entities');
  const words = (element_id, content) => ({ tag: 'markdown', element_id, content });
  const card = JSON.stringify({ schema: '2.0', body: { elements: [words('md_1', 'one')] } });
  const { card_id } = await done('cardkit.v1.card.create', { data: { type: 'card_json', data: card } });
  const { message_id } = await send(group, { type: 'card', data: { card_id } }, 'interactive');
  let sequence = 0;
  const change = (name, data, element_id) =>
    done(`cardkit.v1.${name}`, { path: { card_id, element_id }, data: { sequence: (sequence += 1), ...data } });
  await change('card.update', { card: { type: 'card_json', data: card } });
  await change('card.settings', { settings: '{"config":{"streaming_mode":true}}' });
  await change('cardElement.content', { content: 'two' }, 'md_1');
  const more = JSON.stringify([words('md_2', 'three')]);
  await change('cardElement.create', { type: 'append', elements: more });
  await change('cardElement.patch', { partial_element: '{"content":"four"}' }, 'md_2');
  await change('cardElement.update', { element: JSON.stringify(words('md_1', 'five')) }, 'md_1');
  const { body } = (await done('im.v1.message.get', { path: { message_id } })).items[0];
  check('all of it shows', body.content.length > 0, body);
  await change('cardElement.delete', {}, 'md_2');
  const removal = [{ action: 'delete_elements', params: { element_ids: ['md_1'] } }];
  await change('card.batchUpdate', { actions: JSON.stringify(removal) });
  const plain = JSON.parse(card);
  plain.config = { update_multi: true };
  const own = await send(group, plain, 'interactive');
  const converted = await done('cardkit.v1.card.idConvert', { data: { message_id: own.message_id } });
  check('the card of a message becomes one', /^\d+$/.test(converted.card_id), converted);
}

async function batches() {
  section('To many users');
  const open_ids = [ada.open_id, lin.open_id];
  const data = { msg_type: 'text', content: { text: 'The gate closes' }, open_ids };
  const { message_id } = await done('im.builtin.batchSend', { data });
  check('sent', message_id.startsWith('bm-'), message_id);
  const at = { path: { batch_message_id: message_id } };
  const progress = await done('im.v1.batchMessage.getProgress', at);
  same('how far it came', progress.batch_message_send_progress.success_user_ids_count, 2);
  const { read_user } = await done('im.v1.batchMessage.readUser', at);
  same('who has it', Number(read_user.total_count), 2);
  await done('im.v1.batchMessage.delete', at);
}

async function story() {
  console.log(`MCP, lark-mcp ${mcp.version}`);
  await connecting();
  const group = await chats();
  const asking = { done, refused, send };
  await chatTools(asking, group);
  await chatMenus(asking, group);
  await messages(group);
  await cards(group);
  await cardEntities(group);
  await batches();
  await done('im.v1.chat.delete', chatOf(group));
  await refused('a message to a group that is gone', 232009, 'im.v1.message.create', {
    params: { receive_id_type: 'chat_id' },
    data: { receive_id: group, msg_type: 'text', content: '{"text":"hello"}' },
  });

  section('Every tool that the platform has an endpoint for');
  check('there are many', wanted.length > 45, wanted);
  const never = wanted.filter((name) => !called.has(name));
  check('each is called', never.length === 0, never.join(', '));
}

// It would go on after the end of its input.
tell('MCP', story, 60, () => server?.pid && process.kill(server.pid));
