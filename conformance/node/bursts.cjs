// Many messages, with cuts and restarts.
'use strict';

const http = require('node:http');
const { check, ownData, same, section, waitUntil } = require('./checks.cjs');
const {
  act,
  ask,
  connections,
  here,
  inbox,
  ledger,
  newGroup,
  newestText,
  platform,
  words,
} = require('./handlers.cjs');

// What befalls the platform in the middle of each burst of messages.
const TROUBLES = ['cuts', 'cuts', 'SIGTERM', 'cuts', 'SIGKILL'];
const BURST = 2000;
const GROUPS = 4;

// A chat, and users who write there one message after the other, over one connection.
class Speaker {
  constructor(name, chatId, users) {
    Object.assign(this, { name, chatId, users, said: 0 });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  }

  async talk(count) {
    for (const end = this.said + count; this.said < end; this.said += 1) {
      await this.say(this.users[this.said % this.users.length], String(this.said));
    }
  }

  async say(user, words) {
    const body = { user: user.open_id, chat_id: this.chatId, text: words };
    try {
      await ownData(here.ready.base_url, 'POST', 'act/send', body, this.agent);
    } catch (error) {
      // A refusal has no code.
      if (!error.code) throw error;
      await waitUntil('the platform is up again', () => platform.isUp);
      // Whether it was said before the platform went down only the chat knows.
      if ((await newestText(this.chatId)) !== words) await this.say(user, words);
    }
  }
}

// How long the SDK takes to come back, in s.
async function reconnected() {
  const began = performance.now();
  await waitUntil('the SDK is connected again', async () => (await connections()).length, 60);
  return (performance.now() - began) / 1000;
}

// A bot with much else to do: what comes over the network it reads late, and all at once.
function busy() {
  const end = performance.now() + 20;
  while (performance.now() < end);
}

async function befall(trouble) {
  const took = [];
  if (trouble === 'cuts') {
    const cut = [];
    const work = setInterval(busy, 1);
    for (let number = 0; number < 3; number += 1) {
      cut.push((await ask('DELETE', `apps/${here.ready.app_id}/connections`)).count);
      // The next one comes while what has piled up goes out.
      took.push(await reconnected());
    }
    clearInterval(work);
    same('three cuts: each of one connection', cut, [1, 1, 1]);
  } else {
    const expected = { SIGTERM: 0, SIGKILL: 'SIGKILL' }[trouble];
    same(`${trouble}: the platform ends with ${expected}`, await platform.stop(trouble), expected);
    await platform.start();
    took.push(await reconnected());
  }
  const longest = Math.max(...took);
  check(`${trouble}: connected again within 10 s: ${longest.toFixed(1)} s`, longest < 10);
}

// Everyone talks at once, and in the middle of it there is trouble.
async function burst(speakers, trouble) {
  const saidBy = () => speakers.reduce((sum, speaker) => sum + speaker.said, 0);
  const before = saidBy();
  const talks = Promise.all(speakers.map((speaker) => speaker.talk(BURST / speakers.length)));
  const half = waitUntil('half of the burst is sent', () => saidBy() >= before + BURST / 2, 60);
  await Promise.all([talks, half.then(() => befall(trouble))]);
  const sent = before + BURST;
  same(`${sent} messages, and every one was handled`, await inbox.waitFor(sent), sent);
}

async function tenThousand() {
  const total = BURST * TROUBLES.length;
  section(`${total} messages, with cuts and restarts`);
  same('nothing was owed before', (await ledger()).created, 0);
  const speakers = [];
  for (const user of here.ready.users) {
    const { chat_id } = await act('enter', { user: user.open_id });
    speakers.push(new Speaker(user.name, chat_id, [user]));
  }
  for (let number = 1; number <= GROUPS; number += 1) {
    const name = `Bed ${number}`;
    speakers.push(new Speaker(name, await newGroup(name, here.ready.users), here.ready.users));
  }
  for (const trouble of TROUBLES) await burst(speakers, trouble);
  console.log(`          ${inbox.again} came twice, as they may: nobody knows what became of them in a cut`);

  same('none more', inbox.events.size, total);
  const ids = new Set([...inbox.events.values()].map((event) => event.message.message_id));
  same('each message in one event', ids.size, total);
  for (const { name, chatId, said } of speakers) {
    const heard = inbox.texts(chatId);
    const at = heard.findIndex((one, place) => one !== String(place));
    const whole = at === -1 && heard.length === said;
    check(`${name}: ${said} in order`, whole, `${heard.length}, not in order from ${at} on`);
  }
  await waitUntil('nothing is on its way', async () => (await ledger()).pending === 0);
  same('the ledger', await ledger(), { created: total, delivered: total, pending: 0, expired: 0 });
}

module.exports = { tenThousand };
