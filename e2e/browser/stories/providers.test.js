// OpenID providers that nobody here wrote, before Postern comes into it: each signs somebody in
// on its own pages, and does what its discovery document says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../stage.js';
import { Canaille } from '../providers/canaille.js';
import { Glewlwyd } from '../providers/glewlwyd.js';
import { OidcProvider } from '../providers/oidc_provider.js';
import { CLIENT, RelyingParty } from '../providers/relying_party.js';

const KIM = {
  login: 'kim',
  password: 'kims own password',
  name: 'Kim Keeper',
  email: 'kim@example.com',
  emailVerified: true,
  groups: ['staff', 'shop'],
};

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const Provider of [OidcProvider, Glewlwyd, Canaille]) {
  test(`${Provider.title} signs somebody in and does what it says it does`, async () => {
    const party = await RelyingParty.open();
    const redirectUris = [party.redirectUri];
    const provider = await Provider.open({ ...CLIENT, redirectUris, people: [KIM] });
    try {
      await tell(party, provider);
    } finally {
      party.close();
      await provider.process.close();
    }
  });
}

async function tell(party, provider) {
  await party.discover(provider.process.issuer);
  const page = await browser.newPage();
  await page.goto(party.authorize('openid profile email groups'));
  await provider.signIn(page, KIM);
  await page.waitForURL(`${party.redirectUri}?*`);
  const { tokens, claims, kid } = await party.redeem(page.url());
  const { email, email_verified, groups, name, sub } = await party.userinfo(tokens);
  assert.deepEqual({ email, email_verified: String(email_verified), groups, name, sub }, {
    email: KIM.email, email_verified: 'true', groups: KIM.groups, name: KIM.name, sub: claims.sub,
  });

  const renewed = await party.post('token_endpoint', {
    grant_type: 'refresh_token', refresh_token: tokens.refresh_token,
  });
  const token = renewed.access_token;
  assert.equal((await party.post('introspection_endpoint', { token })).active, true);
  await party.post('revocation_endpoint', { token });
  assert.equal((await party.post('introspection_endpoint', { token })).active, false);

  await provider.process.order('rotate');
  await page.goto(party.authorize('openid profile email groups'));
  await provider.comeBack(page);
  await page.waitForURL(`${party.redirectUri}?*`);
  const again = await party.redeem(page.url());
  assert.equal(again.claims.sub, claims.sub);
  assert.notEqual(again.kid, kid, 'another key has signed');
  await page.close();
}
