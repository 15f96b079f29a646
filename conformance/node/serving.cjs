// The platform, for stories that also stop it and kill it.
'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const { waitUntil } = require('./checks.cjs');

// `larkspur serve` with one folder and one address, however often it is started.
class Platform {
  constructor(larkspur, folder) {
    Object.assign(this, { larkspur, folder, readyFile: path.join(folder, 'ready.json') });
  }

  async start() {
    fs.rmSync(this.readyFile, { force: true });
    const address = this.ready?.base_url.replace('http://', '') ?? '127.0.0.1:0';
    const seed = this.ready ? [] : ['--seed', path.join(__dirname, '..', 'seed.toml')];
    const files = ['--data', path.join(this.folder, 'data'), '--ready-file', this.readyFile];
    const log = fs.openSync(path.join(this.folder, 'log'), 'a');
    const more = ['--no-rate-limit', '--addr', address, ...seed, ...files];
    this.process = spawn(this.larkspur, ['serve', ...more], { stdio: ['ignore', 'ignore', log] });
    fs.closeSync(log);
    this.ended = once(this.process, 'exit');
    const over = () => fs.existsSync(this.readyFile) || this.process.exitCode !== null;
    await waitUntil('the platform is ready', over);
    this.ready = JSON.parse(fs.readFileSync(this.readyFile, 'utf8'));
    this.isUp = true;
  }

  // Gives what it ended with, a code or a signal.
  async stop(how) {
    this.isUp = false;
    this.process.kill(how);
    const [code, killer] = await this.ended;
    return code ?? killer;
  }

  // Leaves nothing behind, whatever happened.
  end() {
    this.process?.kill('SIGKILL');
  }
}

module.exports = { Platform };
