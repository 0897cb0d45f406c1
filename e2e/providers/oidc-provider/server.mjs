// The package oidc-provider, which is OpenID-certified, with one confidential client and with the
// sign-in pages that it brings along. Orders: `rotate` gives it a new signing key, of which the old
// one stays published, as operators are told to do it.

import { generateKeyPair, exportJWK } from 'jose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { serve, task } from '../provider.mjs';

const wanted = task();
const keys = [];
const adapter = createMemoryAdapter();
let answer;
const server = createServer((request, response) => answer(request, response));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

/** Signs with a new key from now on; sessions and tokens stay. */
async function rotate() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const names = { kid: `key-${keys.length + 1}`, use: 'sig', alg: 'RS256' };
  keys.unshift({ ...await exportJWK(privateKey), ...names });
  const provider = new Provider(issuer, configuration());
  provider.on('backchannel.error', (context, error) => console.error('back-channel logout:', error));
  answer = provider.callback();
}

function configuration() {
  return {
    adapter,
    clients: [client()],
    responseTypes: ['code'],
    jwks: { keys },
    findAccount,
    claims: {
      openid: ['sub'],
      profile: ['name'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    scopes: ['openid', 'offline_access'],
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    // The shop is on the loopback, where it would not send anything by itself.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    issueRefreshToken: async (context, its) => its.grantTypeAllowed('refresh_token'),
    features: {
      devInteractions: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
  };
}

function client() {
  return {
    client_id: wanted.clientId,
    client_secret: wanted.clientSecret,
    client_name: 'Postern',
    redirect_uris: wanted.redirectUris,
    post_logout_redirect_uris: wanted.postLogoutRedirectUris ?? [],
    backchannel_logout_uri: wanted.backchannelLogoutUri,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'RS256',
  };
}

/** Its sign-in page takes any name and password; who is not among the people does not exist. */
function findAccount(context, login) {
  const person = wanted.people.find((one) => one.login === login);
  if (!person) return undefined;
  const { name, email, emailVerified, groups } = person;
  const claims = { sub: login, name, email, email_verified: emailVerified, groups };
  return { accountId: login, claims: () => claims };
}

await rotate();
await serve(issuer, { rotate }, () => {
  server.close();
  server.closeAllConnections();
});
