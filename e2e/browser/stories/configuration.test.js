// Who has full rights looks up how people sign in, and cannot change it there.

import assert from 'node:assert/strict';
import { openStage, story } from '../stage.js';

const stage = openStage();

story(stage, 'Somebody reads how people sign in', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, homePage, configurationPage, page } = visitor;
  await signInPage.open();
  await signInPage.signIn(ann.username, ann.password);
  await homePage.welcomes(ann);
  await configurationPage.open();
  await configurationPage.tells('configuration-is_off', 'admin:adobe-ims:enable');
  assert.equal(await page.locator('main').locator('form, button, input, select').count(), 0);
  await visitor.look('configuration');
});
