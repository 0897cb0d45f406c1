// Signing in at Glewlwyd.

import { Glewlwyd } from '../providers/glewlwyd.js';
import { KIM, comeIn, tellAbout } from '../providers/stories.js';
import { ENGLISH, story } from '../stage.js';

const stage = tellAbout(Glewlwyd);

// It takes no max_age of 0, and its ID tokens of the code flow have an auth_time of 0.
story(stage, 'Nobody is confirmed by a provider that cannot say when they signed in', async (visitor, { shop, provider }) => {
  const { accountPage, page } = visitor;
  await shop.forgetLastName(KIM);
  await comeIn(visitor, stage, 'Kim');
  await accountPage.open();
  await accountPage.lastName.fill('Keeper');
  await accountPage.confirmIdentity();
  await provider.signInAnew(page, KIM);
  await accountPage.refuses('trouble-failed');
}, { words: ENGLISH });
