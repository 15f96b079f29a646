// What the stories share: expectations, how a story is told, and the platform's own API.
'use strict';

const http = require('node:http');
const { buffer, json } = require('node:stream/consumers');
const { setTimeout: sleep } = require('node:timers/promises');
const { inspect, isDeepStrictEqual } = require('node:util');

// What the documents say about each code, or how it begins.
const REFUSALS = require('../refusals.json');

let passed = 0;
let failed = 0;

const section = (name) => console.log(`\n  ${name}`);

// One expectation. The story goes on if it does not hold.
function check(name, condition, detail = '') {
  if (condition) {
    passed += 1;
    console.log(`    ok    ${name}`);
  } else {
    failed += 1;
    console.log(`    FAIL  ${name}: ${typeof detail === 'string' ? detail : inspect(detail, { depth: 6 })}`);
  }
}

const same = (name, actual, expected) =>
  check(name, isDeepStrictEqual(actual, expected), `expected ${inspect(expected)}, got ${inspect(actual)}`);

// Whether this is what the documents say about a code: one text, or one of several.
const begins = (code, msg) => [REFUSALS[code]].flat().some((one) => msg.startsWith(one));

// What a refused call was refused with, and `undefined` for one that was not.
async function refusal(call) {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!error.response) throw error;
    const { status, headers, data } = error.response;
    // What is asked for as a stream is refused as one.
    const body = typeof data.pipe === 'function' ? JSON.parse(await buffer(data)) : data;
    return { status, log_id: headers['x-tt-logid'], body };
  }
}

// The SDK reports this refusal, and the log id in the body is the one in the header.
async function refused(name, call, code, httpStatus = 400) {
  const { status, log_id, body } = (await refusal(call)) ?? {};
  const whole = status === httpStatus && body.code === code && body.error.log_id === log_id;
  check(`${name}: ${code}`, whole && begins(code, body.msg), { status, log_id, body });
}

// The data of an answer.
async function done(call) {
  const { code, msg, data } = await call;
  if (code !== 0) throw new Error(`${code} ${msg}`);
  return data;
}

// An answer of the platform's own API, which acts as users and keeps apps.
const own = (baseUrl, method, path, body, agent = false) =>
  new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' };
    const request = http.request(`${baseUrl}/_larkspur/v1/${path}`, { method, headers, agent });
    request.on('response', (response) => json(response).then(resolve, reject));
    request.on('error', reject);
    request.end(body && JSON.stringify(body));
  });

// The same, for what has to succeed.
async function ownData(baseUrl, method, path, body, agent) {
  const answer = await own(baseUrl, method, path, body, agent);
  if (answer.code !== 0) throw new Error(`${method} ${path}: ${inspect(answer, { depth: 6 })}`);
  return answer.data;
}

// What the condition gives as soon as it gives something.
async function waitUntil(what, condition, seconds = 20) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(10);
  }
}

// Tells a story and ends. A platform that falls silent must not hold up whoever runs this.
function tell(name, story, seconds, atEnd = () => {}) {
  process.on('exit', atEnd);
  process.once('SIGINT', () => {
    atEnd();
    process.kill(process.pid, 'SIGINT');
  });
  setTimeout(() => {
    console.log(`    FAIL  the story was told to its end: it took more than ${seconds} s`);
    process.exit(1);
  }, seconds * 1000).unref();

  story()
    .catch((error) => check('the story was told to its end', false, error.stack))
    .then(() => {
      console.log(`\n  ${name}: ${passed} checks passed, ${failed} failed`);
      process.exit(failed ? 1 : 0);
    });
}

module.exports = {
  REFUSALS,
  check,
  done,
  own,
  ownData,
  refusal,
  refused,
  same,
  section,
  tell,
  waitUntil,
};
