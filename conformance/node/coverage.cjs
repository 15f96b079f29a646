// Whether the story calls all that the SDK and the platform both know.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const lark = require('@larksuiteoapi/node-sdk');
const { check, section } = require('./checks.cjs');

const CATALOGUE = path.join(__dirname, '..', '..', 'crates', 'api', 'catalogue');

// What became of the calls of the story, by the SDK's own names: im.v1.message.create.
const outcomes = new Map();

function note(name, outcome) {
  if (!outcomes.has(name)) outcomes.set(name, new Set());
  outcomes.get(name).add(outcome);
}

// A client of the SDK, or a part of it, that notes which of its methods are called and what came of it.
const watched = (part, name = '') =>
  new Proxy(part, {
    get(target, key) {
      const found = target[key];
      if (typeof key === 'symbol' || !found) return found;
      const full = name ? `${name}.${key}` : key;
      if (typeof found === 'object') return watched(found, full);
      if (typeof found !== 'function') return found;
      return async (...args) => {
        try {
          const answer = await found.apply(target, args);
          note(full, (answer?.code ?? 0) === 0);
          return answer;
        } catch (error) {
          note(full, false);
          throw error;
        }
      };
    },
  });

// A path without the names of its parameters.
const shape = (url) => url.replace(/:\w+/g, '_');

// Every method of the SDK that calls an endpoint, by name: which it calls.
async function known() {
  let called;
  const httpInstance = {
    async request({ method, url }) {
      called = `${method.toUpperCase()} ${new URL(url).pathname}`;
      throw new Error('it goes no further');
    },
  };
  const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
  const app = { appId: 'x', appSecret: 'x', disableTokenCache: true };
  const client = new lark.Client({ ...app, httpInstance, logger });
  const found = new Map();
  // What a path has to be given is learned from what the SDK says when it is missing.
  const payload = { path: {}, data: {}, params: {} };
  async function call(method) {
    called = undefined;
    for (let missing = true; missing; ) {
      const { message } = await method(payload).catch((error) => error);
      [, missing] = /^request miss (\w+) path argument$/.exec(message) ?? [];
      if (missing) payload.path[missing] = '_';
    }
    return called;
  }

  async function walk(part, name) {
    for (const [key, value] of Object.entries(part)) {
      if (value && typeof value === 'object') await walk(value, `${name}.${key}`);
      if (typeof value !== 'function' || key.endsWith('WithIterator')) continue;
      const endpoint = await call(value);
      if (endpoint) found.set(`${name}.${key}`, endpoint);
    }
  }
  for (const [service, versions] of Object.entries(client)) {
    for (const [version, part] of Object.entries(versions ?? {})) {
      if (/^v\d+$/.test(version)) await walk(part, `${service}.${version}`);
    }
  }
  return found;
}

// What the platform has, each as method and path.
function implemented() {
  const endpoints = JSON.parse(fs.readFileSync(path.join(CATALOGUE, 'endpoints.json'), 'utf8'));
  const missing = fs.readFileSync(path.join(CATALOGUE, 'not-implemented.txt'), 'utf8').split('\n');
  const there = endpoints.filter(({ id }) => !missing.includes(id));
  return new Set(there.map((endpoint) => `${endpoint.http_method} ${shape(endpoint.path)}`));
}

// `elsewhere` are those that can only be refused without what another story has.
async function everyEndpoint(elsewhere) {
  section('Every endpoint that the SDK knows and the platform has');
  const there = implemented();
  const both = new Map([...(await known())].filter(([, endpoint]) => there.has(endpoint)));
  check('there are many', both.size > 60, [...both.keys()]);
  const never = [...both.keys()].filter((name) => !outcomes.has(name));
  check('each is called', never.length === 0, never.join(', '));
  // The SDK has several methods for some, and one of them will do.
  const does = new Set();
  for (const [name, endpoint] of both) if (outcomes.get(name)?.has(true)) does.add(endpoint);
  const refusedOnly = [...both].filter(([name, endpoint]) => !does.has(endpoint) && !elsewhere.includes(name));
  check('each does what it is called for', refusedOnly.length === 0, refusedOnly.join(', '));
}

module.exports = { everyEndpoint, implemented, shape, watched };
