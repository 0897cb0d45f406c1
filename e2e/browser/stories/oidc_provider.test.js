// Signing in at the package oidc-provider, which also tells when somebody signs out there.

import { OidcProvider } from '../providers/oidc_provider.js';
import { comeIn, tellAbout, tellOfConfirmation } from '../providers/stories.js';
import { ENGLISH, story } from '../stage.js';

const stage = tellAbout(OidcProvider);
tellOfConfirmation(stage, OidcProvider);

story(stage, 'Who signs out at the provider in another tab is signed out here', async (visitor, { provider }) => {
  const { adobeSignInPage, page } = visitor;
  const { issuer } = provider.process;
  await comeIn(visitor, stage);
  const tab = await page.context().newPage();
  await tab.goto(`${issuer}/session/end`);
  await provider.confirmSignOut(tab);
  await tab.getByRole('heading', { name: 'Sign-out Success' }).waitFor();
  await tab.close();

  await visitor.leaving(() => visitor.link('account-title').click());
  await adobeSignInPage.isShown(new URL(issuer).host);
  await adobeSignInPage.tells('session_ended-signed_out_at_provider');
}, { words: ENGLISH });
