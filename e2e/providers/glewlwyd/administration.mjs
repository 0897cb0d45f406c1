// Setting Glewlwyd up through its administration's API: the attributes that people and clients have,
// scopes, its OpenID Connect plugin, one confidential client, and the people.

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { parameters } from './plugin.mjs';

/** How the package's tables let the first administrator in. */
const FIRST_ADMINISTRATOR = { username: 'admin', password: 'password' };

const PLUGIN = 'oidc';
const SCOPES = ['profile', 'email', 'groups'];

export class Administration {
  #address;
  #cookie;
  #keys = [];

  static async open(address) {
    const administration = new Administration();
    administration.#address = address;
    const answer = await administration.#send('POST', 'auth/', FIRST_ADMINISTRATOR);
    administration.#cookie = answer.headers.get('set-cookie').split(';')[0];
    return administration;
  }

  /** As it names itself, which is where its discovery document is. */
  get issuer() {
    return `${this.#address}/api/${PLUGIN}`;
  }

  async setUp({ people, ...client }) {
    await this.#teach('user', { email_verified: false, groups: true });
    await this.#teach('client', { post_logout_redirect_uris: true });
    for (const name of SCOPES) {
      await this.#send('POST', 'scope/', { name, display_name: name, password_required: false });
    }
    this.#keys.unshift(newKey());
    await this.#send('POST', 'mod/plugin/', this.#plugin());
    await this.#send('POST', 'client/', asClient(client));
    for (const person of people) {
      await this.#send('POST', 'user/', asUser(person));
    }
  }

  async rotate() {
    this.#keys.unshift(newKey());
    await this.#send('PUT', `mod/plugin/${PLUGIN}`, this.#plugin());
    await this.#send('PUT', `mod/plugin/${PLUGIN}/reset/`);
  }

  #plugin() {
    return {
      module: 'oidc',
      name: PLUGIN,
      display_name: 'OpenID Connect',
      enabled: true,
      parameters: parameters(this.issuer, this.#keys),
    };
  }

  /** More attributes, several values each or one, than the database of a kind has by itself. */
  async #teach(kind, attributes) {
    const module = await (await this.#send('GET', `mod/${kind}/database`)).json();
    for (const [name, multiple] of Object.entries(attributes)) {
      module.parameters['data-format'][name] = { multiple, read: true, write: true };
    }
    await this.#send('PUT', `mod/${kind}/database`, module);
    await this.#send('PUT', `mod/${kind}/database/reset/`);
  }

  async #send(method, path, body) {
    const headers = { 'Content-Type': 'application/json', Cookie: this.#cookie ?? '' };
    const answer = await fetch(`${this.#address}/api/${path}`, {
      method, headers, body: body && JSON.stringify(body),
    });
    assert(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok || await answer.text()}`);
    return answer;
  }
}

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

function asClient(wanted) {
  return {
    client_id: wanted.clientId,
    client_secret: wanted.clientSecret,
    name: 'Postern',
    confidential: true,
    enabled: true,
    scope: [],
    redirect_uri: wanted.redirectUris,
    post_logout_redirect_uris: wanted.postLogoutRedirectUris ?? [],
    backchannel_logout_uri: wanted.backchannelLogoutUri,
    // Only clients that may use credentials of their own may ask about tokens.
    authorization_type: ['code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_method: ['client_secret_basic', 'client_secret_post'],
  };
}

function asUser({ login, password, name, email, emailVerified, groups }) {
  return {
    username: login,
    password,
    name,
    email,
    email_verified: emailVerified ? 'yes' : 'no',
    groups,
    enabled: true,
    scope: ['openid', ...SCOPES],
  };
}
