// Walks through the platform with the official Node SDK: story.cjs READY_FILE
'use strict';

const sdk = require('@larksuiteoapi/node-sdk/package.json');
const { bot, theApp, tokens } = require('./apps.cjs');
const { followUps, readers, urgings } = require('./attention.cjs');
const { batches, forOne } = require('./batches.cjs');
const { cardEntities } = require('./cardEntities.cjs');
const { cardUpdates, patches, previews, templates } = require('./cards.cjs');
const { moderation, tabs, topNotices } = require('./chatTools.cjs');
const { chats, dissolving, leaving, members } = require('./chats.cjs');
const { tell } = require('./checks.cjs');
const { everyEndpoint } = require('./coverage.cjs');
const { users } = require('./directory.cjs');
const { forwards } = require('./forwards.cjs');
const { edits, history, replies } = require('./history.cjs');
const { finding, joining, links, managers } = require('./joining.cjs');
const { logins, store } = require('./logins.cjs');
const { everyType, refusedMessages, resources } = require('./messages.cjs');
const { pins } = require('./pins.cjs');
const { reactions } = require('./reactions.cjs');
const { avatar, files, pictures, refusedPictures } = require('./uploads.cjs');

async function story() {
  console.log(`Node, node-sdk ${sdk.version}`);
  await tokens();
  await bot();
  await theApp();
  const imageKeys = await pictures();
  const avatarKey = await avatar();
  await refusedPictures();
  const fileKeys = await files();
  await chats(avatarKey);
  await members();
  await managers();
  await links();
  await joining();
  await finding();
  await moderation();
  await topNotices();
  await tabs();
  await leaving();
  const { group, ids } = await everyType(imageKeys, fileKeys);
  await resources(ids, imageKeys, fileKeys);
  await replies(group, ids);
  await history();
  await edits();
  await forwards();
  await pins();
  await reactions();
  await patches();
  await templates();
  await cardUpdates();
  await cardEntities();
  await readers();
  await followUps();
  await urgings();
  await previews();
  await refusedMessages(fileKeys);
  await batches();
  await forOne();
  await users();
  await logins();
  await store();
  await dissolving();
  // Without someone who sees a link there is no preview to change: events.cjs has one.
  await everyEndpoint(['im.v2.urlPreview.batchUpdate']);
}

tell('Node', story, 60);
