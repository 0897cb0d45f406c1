// The smallest relying party there can be: the code flow with PKCE, done by hand. It shows what a
// provider does before Postern comes into it, so that a story that fails says whose fault it is.

import { createRemoteJWKSet, jwtVerify } from 'jose';
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

export const CLIENT = { clientId: 'postern-under-test', clientSecret: 'a-secret-of-32-characters-at-least' };

const random = () => randomBytes(32).toString('base64url');

export class RelyingParty {
  #server = createServer((request, response) => response.end('<!doctype html><title>Back</title>'));
  #attempt;

  static async open() {
    const party = new RelyingParty();
    party.#server.listen(0, '127.0.0.1');
    await once(party.#server, 'listening');
    party.origin = `http://127.0.0.1:${party.#server.address().port}`;
    party.redirectUri = `${party.origin}/callback`;
    return party;
  }

  async discover(issuer) {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
    this.metadata = await answer.json();
    assert.equal(this.metadata.issuer, issuer);
  }

  /** Where to send a browser. */
  authorize(scope) {
    this.#attempt = { state: random(), nonce: random(), verifier: random() };
    const url = new URL(this.metadata.authorization_endpoint);
    const { state, nonce, verifier } = this.#attempt;
    url.search = new URLSearchParams({
      client_id: CLIENT.clientId, redirect_uri: this.redirectUri, response_type: 'code', scope, state,
      nonce, code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    return url.href;
  }

  /** Redeems the code of an address that a browser came back to, and checks the ID token. */
  async redeem(address) {
    const { searchParams } = new URL(address);
    const { state, nonce, verifier } = this.#attempt;
    assert.equal(searchParams.get('state'), state, address);
    assert.equal(searchParams.get('iss'), this.metadata.issuer);
    const tokens = await this.post('token_endpoint', {
      grant_type: 'authorization_code', code: searchParams.get('code'),
      redirect_uri: this.redirectUri, code_verifier: verifier,
    });
    const keys = createRemoteJWKSet(new URL(this.metadata.jwks_uri));
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token, keys, {
      issuer: this.metadata.issuer, audience: CLIENT.clientId, algorithms: ['RS256'],
    });
    assert.equal(payload.nonce, nonce);
    return { tokens, claims: payload, kid: protectedHeader.kid };
  }

  async userinfo({ access_token }) {
    const headers = { Authorization: `Bearer ${access_token}` };
    return (await fetch(this.metadata.userinfo_endpoint, { headers })).json();
  }

  /** Sends a form with the client's credentials; the answer, or nothing where it has no body. */
  async post(endpoint, form) {
    const credentials = `${CLIENT.clientId}:${CLIENT.clientSecret}`;
    const answer = await fetch(this.metadata[endpoint], {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    const text = await answer.text();
    assert(answer.ok, `${endpoint}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
