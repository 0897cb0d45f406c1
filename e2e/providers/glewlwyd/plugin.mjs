// The parameters of Glewlwyd's OpenID Connect plugin: the code flow with PKCE and nothing else,
// RS256, claims by scope, and everything that its administration offers for ending a session.

/** A claim that people have as an attribute. */
function claim(name, more = {}) {
  return { name, 'user-property': name, type: 'string', mandatory: false, scope: [], ...more };
}

/** For an issuer, with its signing keys as JWKs, of which the first one signs. */
export function parameters(issuer, keys) {
  const isYes = { type: 'boolean', 'boolean-value-true': 'yes', 'boolean-value-false': 'no' };
  return {
    iss: issuer,
    'oauth-as-iss-id': true,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    'jwks-private': JSON.stringify({ keys }),
    'default-kid': keys[0].kid,
    'jwks-show': true,
    'access-token-duration': 3600,
    'refresh-token-duration': 86_400,
    'code-duration': 60,
    'refresh-token-rolling': true,
    'refresh-token-one-use': 'always',
    'auth-type-code-enabled': true,
    'auth-type-code-revoke-replayed': true,
    'auth-type-token-enabled': false,
    'auth-type-id-token-enabled': false,
    'auth-type-none-enabled': false,
    'auth-type-password-enabled': false,
    'auth-type-client-enabled': true,
    'auth-type-device-enabled': false,
    'auth-type-refresh-enabled': true,
    'subject-type': 'public',
    'allowed-scope': ['openid', 'profile', 'email', 'groups'],
    'name-claim': 'on-demand',
    'name-claim-scope': ['profile'],
    'email-claim': 'on-demand',
    'email-claim-scope': ['email'],
    'scope-claim': 'no',
    claims: [
      claim('email_verified', { ...isYes, scope: ['email'] }),
      claim('groups', { scope: ['groups'] }),
    ],
    'address-claim': { type: 'no' },
    'pkce-allowed': true,
    'pkce-required': true,
    'pkce-method-plain-allowed': false,
    'introspection-revocation-allowed': true,
    'introspection-revocation-allow-target-client': true,
    'session-management-allowed': true,
    'session-cookie-name': 'GLEWLWYD2_OIDC_SID',
    'session-cookie-expiration': 2_419_200,
    'back-channel-logout-allowed': true,
    // Without it no page of its own can end a session.
    'front-channel-logout-allowed': true,
    'request-parameter-allow': false,
  };
}
