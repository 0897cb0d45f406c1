// A throwaway shop: the real program, installed in a folder of its own and serving on the
// loopback, with a clock that a story can put forward. Whoever opens one closes it.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { PATIENCE_MS } from './patience.js';

/** The password that everybody has who was hired without another. */
export const PASSWORD = 'correct horse 7 battery';

const FRONT_NAME = 'backstage';

/** The embedded database, below the shop's folder. */
const DATABASE = 'data/postern.sqlite';

export class Shop {
  #asksForFactors;
  #folder;
  #seconds = 0;
  #server;

  /** With `asksForFactors`, Commerce's module for second factors is on, and keys are for localhost. */
  static async open({ asksForFactors = false } = {}) {
    const shop = new Shop();
    shop.#asksForFactors = asksForFactors;
    shop.#folder = await mkdtemp(join(tmpdir(), 'postern-browser-'));
    try {
      await shop.#install();
    } catch (error) {
      await shop.close();
      throw error;
    }
    return shop;
  }

  /** Where the Admin is. */
  get address() {
    return `${this.origin}/${FRONT_NAME}`;
  }

  /** What an operator types in a terminal of their own; it has to succeed. */
  async run(...command) {
    const run = await this.attempt(...command);
    assert.equal(run.code, 0, `${command.join(' ')}: ${run.stderr}`);
    return run;
  }

  /** The same, whatever comes of it. A last `{ typed }` is what stands on standard input. */
  attempt(...command) {
    const { typed } = typeof command.at(-1) === 'object' ? command.pop() : { typed: '' };
    const options = { env: this.#environment(), timeout: PATIENCE_MS };
    return new Promise((resolve) => {
      const process = execFile(program('POSTERN'), [`--root=${this.#root}`, ...command], options,
        (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }));
      process.stdin.on('error', () => {}); // A command that asks for nothing may be gone by now.
      process.stdin.end(typed);
    });
  }

  async configure(values) {
    for (const [path, value] of Object.entries(values)) {
      await this.run('config:set', '--', path, String(value));
    }
  }

  /** Somebody gets an account. */
  async hire(username, { password = PASSWORD, firstName = 'Ann', lastName = 'Archer' } = {}) {
    const email = `${username}@example.com`;
    await this.run('admin:user:create', `--admin-user=${username}`, `--admin-email=${email}`,
      `--admin-firstname=${firstName}`, `--admin-lastname=${lastName}`, '--admin-password=-',
      { typed: `${password}\n` });
    return { username, email, password, fullName: `${firstName} ${lastName}` };
  }

  /** A link with which somebody sets up a first second factor, as the operator hands it over. */
  async enrolmentLink({ username }) {
    const { stdout } = await this.run('security:tfa:configure-link', username);
    return stdout.match(/https?:\/\/\S+/)[0];
  }

  /** Somebody has no role from now on, for which there is no command: PHP Commerce does it. */
  async takeRole({ username }) {
    const sql = `DELETE FROM authorization_role WHERE role_type = 'U' AND user_id =
      (SELECT user_id FROM admin_user WHERE username = '${username}') RETURNING role_id`;
    assert.notEqual(await this.#query(sql), '', `${username} had a role`);
  }

  /** Somebody's role allows one thing from now on. */
  async limitRights({ username }) {
    const sql = `INSERT INTO authorization_role (parent_id, tree_level, sort_order, role_type, user_id,
        user_type, role_name) VALUES (0, 1, 0, 'G', 0, '2', 'Looking on');
      INSERT INTO authorization_rule (role_id, resource_id, permission)
        SELECT MAX(role_id), 'Magento_Backend::dashboard', 'allow' FROM authorization_role;
      UPDATE authorization_role SET parent_id = (SELECT MAX(role_id) FROM authorization_role)
        WHERE role_type = 'U' AND user_id =
        (SELECT user_id FROM admin_user WHERE username = '${username}') RETURNING role_id`;
    assert.notEqual(await this.#query(sql), '', `${username} had a role`);
  }

  /** The provider has another issuer, without a command that would ask it whether that is so. */
  async renameProvider(issuer) {
    const sql = `UPDATE core_config_data SET value = '${issuer}' WHERE path = 'postern/openid/issuer'
      RETURNING config_id`;
    assert.notEqual(await this.#query(sql), '', 'there is an OpenID provider');
  }

  /** Somebody's last name is not known, as with accounts that other programs made. */
  async forgetLastName({ username }) {
    const sql = `UPDATE admin_user SET lastname = NULL WHERE username = '${username}' RETURNING user_id`;
    assert.notEqual(await this.#query(sql), '', `${username} has an account`);
  }

  /** The shop's clock, in milliseconds. */
  get now() {
    return Date.now() + this.#seconds * 1000;
  }

  /** Puts the shop's clock forward, for the running server too. Browsers keep theirs. */
  async later({ days = 0, hours = 0, minutes = 0 }) {
    this.#seconds += ((days * 24 + hours) * 60 + minutes) * 60;
    await writeFile(this.#clock, `+${this.#seconds}s\n`);
  }

  async close() {
    this.#server?.kill('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #install() {
    await this.later({ minutes: 0 });
    const factors = this.#asksForFactors ? '--passkey-domain=localhost'
      : '--disable-modules=Magento_TwoFactorAuth';
    await this.run('setup:install', `--backend-frontname=${FRONT_NAME}`, factors);
    await this.#serve();
    // No key can be bound to an address in numbers.
    if (this.#asksForFactors) this.origin = this.origin.replace('127.0.0.1', 'localhost');
    await this.configure({
      'web/unsecure/base_url': `${this.origin}/`,
      'web/secure/base_url': `${this.origin}/`,
    });
  }

  async #serve() {
    const command = [`--root=${this.#root}`, 'serve', '--listen=127.0.0.1:0', '--insecure-cookies'];
    this.#server = spawn(program('POSTERN'), command, {
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(this.#server.stdout), 'line');
    this.origin = line.match(/http:\/\/[^/]+/)[0];
  }

  async #query(sql) {
    const command = ['-cmd', '.timeout 10000', join(this.#root, DATABASE), sql];
    return (await promisify(execFile)('sqlite3', command)).stdout;
  }

  get #root() {
    return join(this.#folder, 'shop');
  }

  get #clock() {
    return join(this.#folder, 'clock');
  }

  #environment() {
    return {
      PATH: process.env.PATH,
      USER: 'operator',
      LD_PRELOAD: faketime(),
      FAKETIME_TIMESTAMP_FILE: this.#clock,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }
}

/** A program of this tree, named by the one who started the stories. */
export function program(name) {
  const path = process.env[name];
  assert(path, `${name} does not say where the program is: run cargo test -p e2e --test browser`);
  return path;
}

/** The library that moves a program's clock, from Debian's package faketime. */
function faketime() {
  const paths = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`);
  const path = paths.find(existsSync);
  assert(path, 'the stories need the package faketime');
  return path;
}
