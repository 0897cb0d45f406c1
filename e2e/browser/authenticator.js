// Security keys and passkeys as Chromium simulates them: real signatures of keys that nobody holds.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PATIENCE_MS } from './patience.js';

/** One for the USB port, which a person carries from place to place. */
const KEY = { transport: 'usb' };

/** What is built into a device, and fills in a passkey where a user name is typed. */
const DEVICE = { transport: 'internal' };

const EVERY = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

export class Authenticator {
  #browser;
  #id;
  #kept = [];
  #options;

  /** A new security key, in the USB port of the visitor's computer. */
  static key(visitor) {
    return Authenticator.#make(visitor, KEY);
  }

  /** The visitor's computer itself. */
  static device(visitor) {
    return Authenticator.#make(visitor, DEVICE);
  }

  static async #make(visitor, kind) {
    const it = new Authenticator();
    it.#options = { ...EVERY, ...kind };
    it.#browser = await visitor.page.context().newCDPSession(visitor.page);
    await it.#send('enable', { enableUI: false });
    await it.plugIn();
    return it;
  }

  async plugIn() {
    const { authenticatorId } = await this.#send('addVirtualAuthenticator', { options: this.#options });
    this.#id = authenticatorId;
    for (const credential of this.#kept) await this.#tell('addCredential', { credential });
  }

  /** Out of the computer, with what it holds. */
  async pullOut() {
    this.#kept = await this.credentials();
    await this.#tell('removeVirtualAuthenticator');
  }

  async credentials() {
    return (await this.#tell('getCredentials')).credentials;
  }

  /** A passkey from elsewhere, as devices share them. */
  async takes(credential) {
    await this.#tell('addCredential', { credential });
  }

  /** Does what makes the browser tell it to forget its only passkey. */
  async forgets(act) {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const forgotten = once(this.#browser, 'WebAuthn.credentialDeleted', { signal });
    await Promise.all([forgotten, act()]);
    assert.deepEqual(await this.credentials(), []);
  }

  /** Whether somebody is there to touch it. */
  async isTouched(enabled) {
    await this.#tell('setAutomaticPresenceSimulation', { enabled });
  }

  /** From now on it counts as when it was set up, as a copy would that was made then. */
  async rewind() {
    for (const { credentialId, ...credential } of await this.credentials()) {
      assert(credential.signCount > 1, 'it was used since');
      await this.#tell('removeCredential', { credentialId });
      await this.#tell('addCredential', { credential: { ...credential, credentialId, signCount: 1 } });
    }
  }

  #tell(what, values = {}) {
    return this.#send(what, { authenticatorId: this.#id, ...values });
  }

  #send(what, values) {
    return this.#browser.send(`WebAuthn.${what}`, values);
  }
}
