// The stand-in for Adobe IMS, and the commands that switch a shop between the two ways to sign in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { program } from './shop.js';

export const ORGANIZATION_ID = '0123456789ABCDEF01234567';
const CLIENT_ID = 'browser-client';
const CLIENT_SECRET = 'p8e-browser-secret-0123456789';

export class Adobe {
  #address;
  #process;

  /** Starts it with accounts for these mail addresses, and tells the shop where it is. */
  static async open(shop, addresses) {
    const adobe = new Adobe();
    const options = [`--organization-id=${ORGANIZATION_ID}`, `--client-id=${CLIENT_ID}`,
      `--client-secret=${CLIENT_SECRET}`, '--ask',
      ...addresses.map((address) => `--person=email=${address}`)];
    adobe.#process = spawn(program('IMS_SANDBOX'), options, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(adobe.#process.stdout), 'line');
    adobe.#address = line.match(/http:\S+/)[0];
    await shop.configure({
      'adobe_ims/integration/imsUrl': adobe.#address,
      'adobe_ims/integration/organizationMembershipUrl': adobe.#address,
    });
    return adobe;
  }

  enable(shop, ...more) {
    return shop.run('admin:adobe-ims:enable', `--organization-id=${ORGANIZATION_ID}`,
      `--client-id=${CLIENT_ID}`, '--client-secret=-', '--2fa=yes', ...more,
      { typed: `${CLIENT_SECRET}\n` });
  }

  /** Chooses on its page who one is, and comes back. */
  async signIn({ page }, { email }) {
    await page.getByRole('heading', { name: 'Sign in with Adobe ID' }).waitFor();
    await page.getByRole('button', { name: email }).click();
  }

  /** Wants nothing of it. */
  async deny({ page }) {
    await page.getByRole('button', { name: 'Deny' }).click();
  }

  /** Somebody is signed out everywhere. */
  async signOutEverywhere({ email }) {
    const form = { method: 'POST', body: new URLSearchParams({ email }), redirect: 'manual' };
    const answer = await fetch(`${this.#address}/sandbox/revoke`, form);
    assert(answer.status < 400, `${answer.status}`);
  }

  /** From now on connections are closed without an answer, or no more. */
  async isDown(isDown) {
    const fault = { path: '*', fault: 'down' };
    const answer = await fetch(`${this.#address}/sandbox/fault`, isDown
      ? { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fault) }
      : { method: 'DELETE' });
    assert(answer.ok, `${answer.status}`);
  }

  close() {
    this.#process.kill('SIGKILL');
  }
}
