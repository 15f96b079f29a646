// The workspace of the story: its app, its users, and what all parts of the story do with them.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { buffer } = require('node:stream/consumers');
const lark = require('@larksuiteoapi/node-sdk');
const { done, ownData } = require('./checks.cjs');
const { watched } = require('./coverage.cjs');

const NOBODY = `ou_${'0'.repeat(32)}`;
const ready = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const [lin, chen, ada, sam] = ready.users;

// The SDK logs every refusal, and here most of them are wanted.
const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

const clientWith = (appSecret, more) =>
  new lark.Client({ domain: ready.base_url, appId: ready.app_id, appSecret, logger: silent, ...more });

const client = watched(clientWith(ready.app_secret));
const { image, file, message, messageReaction, messageResource, chat, chatMembers } = client.im.v1;

const fixture = (name) => path.join(__dirname, '..', 'fixtures', name);

async function uploadImage(content, image_type = 'message') {
  const { image_key } = await image.create({ data: { image_type, image: content } });
  return image_key;
}

async function uploadFile(content, fields) {
  const { file_key } = await file.create({ data: { ...fields, file: content } });
  return file_key;
}

const bytes = async (download) => buffer((await download).getReadableStream());

async function newGroup(name, users, more) {
  const user_id_list = users.map((user) => user.open_id);
  const { chat_id } = await done(chat.create({ data: { name, user_id_list, ...more } }));
  return chat_id;
}

const getChat = (chat_id) => done(chat.get({ path: { chat_id } }));

// The bot removes itself.
function leave(chat_id) {
  const itself = { params: { member_id_type: 'app_id' }, data: { id_list: [ready.app_id] } };
  return done(chatMembers.delete({ path: { chat_id }, ...itself }));
}

// Something that a user does.
const act = (what, fields) => ownData(ready.base_url, 'POST', `act/${what}`, fields);

// What a call is given for a user to make it. The platform logs them in without asking.
async function inTheNameOf(user) {
  const asked = { user: user.email, app_id: ready.app_id };
  const { access_token } = await ownData(ready.base_url, 'POST', 'users/token', asked);
  return lark.withUserAccessToken(access_token);
}

// Sends to a pair of `receive_id_type` and `receive_id`.
const send = ([receive_id_type, receive_id], msg_type, content, more) =>
  done(
    message.create({
      params: { receive_id_type },
      data: { receive_id, msg_type, content: JSON.stringify(content), ...more },
    }),
  );

const reply = (message_id, text, more) =>
  done(
    message.reply({
      path: { message_id },
      data: { msg_type: 'text', content: JSON.stringify({ text }), ...more },
    }),
  );

const edit = (message_id, msg_type, content) =>
  done(message.update({ path: { message_id }, data: { msg_type, content: JSON.stringify(content) } }));

async function read(message_id, params) {
  const { items } = await done(message.get({ path: { message_id }, params }));
  return items[0];
}

const said = ({ body }) => JSON.parse(body.content);

// Every item of a list, by way of `page_token`.
async function pageByPage(list, payload) {
  const items = [];
  let page = {};
  do {
    const params = { ...payload.params, page_token: page.page_token };
    page = await done(list({ ...payload, params }));
    items.push(...page.items);
  } while (page.has_more);
  return items;
}

// Every item of a list, by way of the iterator of the SDK.
async function iterated(listWithIterator, payload) {
  const items = [];
  for await (const page of await listWithIterator(payload)) items.push(...page.items);
  return items;
}

// The ids of the texts among messages. Notices, such as who joined, are not of this story.
const texts = (messages) => messages.filter((one) => one.msg_type === 'text').map((one) => one.message_id);

const messagesOf = (container_id_type, container_id, more) =>
  iterated(message.listWithIterator, { params: { container_id_type, container_id, ...more } });

module.exports = {
  NOBODY,
  act,
  ada,
  bytes,
  chat,
  chatMembers,
  chen,
  client,
  clientWith,
  edit,
  file,
  fixture,
  getChat,
  image,
  inTheNameOf,
  iterated,
  leave,
  lin,
  message,
  messageReaction,
  messageResource,
  messagesOf,
  newGroup,
  pageByPage,
  read,
  ready,
  reply,
  said,
  sam,
  send,
  texts,
  uploadFile,
  uploadImage,
};
