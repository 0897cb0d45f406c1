// How the stand-in for Adobe is made to misbehave, and what it knows of people is changed, while a
// story goes on.

import assert from 'node:assert/strict';

export class Steering {
  #address;

  /** Of the one that the shop has been told of. */
  static async of(shop) {
    const steering = new Steering();
    const { stdout } = await shop.run('config:show', 'adobe_ims/integration/imsUrl');
    steering.#address = stdout.trim();
    return steering;
  }

  /** The same program as a plain OpenID provider. */
  get issuer() {
    return `${this.#address}/oidc`;
  }

  /** Connections for this path are closed without an answer. */
  async breaks(path) {
    await this.#send('PUT', 'fault', JSON.stringify({ path, fault: 'down' }), 'application/json');
  }

  /** Everything is well again. */
  async mends() {
    await this.#send('DELETE', 'fault');
  }

  /** It no longer stands by what it gave somebody. */
  async forgets({ email }) {
    await this.#send('POST', 'revoke', new URLSearchParams({ email }));
  }

  /** Somebody signs out there, and the shop is told so. */
  async signsOut({ email }, shop) {
    const url = `${shop.address}/adobe_ims_auth/oauth/backchannellogout/`;
    await this.#send('POST', 'logout', new URLSearchParams({ email, url }));
  }

  async #send(method, what, body, type) {
    const headers = type ? { 'Content-Type': type } : {};
    const address = `${this.#address}/sandbox/${what}`;
    const answer = await fetch(address, { method, body, headers, redirect: 'manual' });
    assert(answer.status < 400, `${what}: ${answer.status} ${await answer.text()}`);
  }
}
