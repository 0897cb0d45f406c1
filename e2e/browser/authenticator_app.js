// An authenticator app: oathtool, which nobody here wrote, with a clock of its own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** How often an app shows another code, as the story waits for it: a little longer. */
export const NEXT_CODE = { minutes: 1 };

export class AuthenticatorApp {
  #secret;

  /** With what somebody typed into it, in whatever groups. */
  constructor(secret) {
    this.#secret = secret.replaceAll(/\s/g, '');
    assert.match(this.#secret, /^[A-Z2-7]{26,}$/);
  }

  /** The operator gives somebody one. */
  static async givenTo({ username }, shop) {
    const secret = Array.from(randomBytes(32), (byte) => ALPHABET[byte % 32]).join('');
    await shop.run('security:tfa:google:set-secret', username, '-', { typed: `${secret}\n` });
    return new AuthenticatorApp(secret);
  }

  /** What it shows now, by the shop's clock, or by one that is ahead of it. */
  async code(shop, { minutesAhead = 0 } = {}) {
    const now = new Date(shop.now + minutesAhead * 60_000);
    const time = now.toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
    const command = ['--totp', '--base32', '--now', time, this.#secret];
    return (await promisify(execFile)('oathtool', command)).stdout.trim();
  }
}
