// Who has full rights looks up how people sign in, and cannot change it there; others do not see it.

import assert from 'node:assert/strict';
import { ENGLISH, openStage, story } from '../stage.js';

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

story(stage, 'Who has not all rights does not read it', async (visitor, { shop }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, deniedPage, homePage } = visitor;
  await shop.limitRights(ben);
  await signInPage.open();
  await signInPage.signIn(ben.username, ben.password);
  await homePage.welcomes(ben);
  assert.equal(await visitor.link('configuration-link').count(), 0);
  await visitor.open('/admin/system_config/edit/section/admin/');
  await deniedPage.isShown();
  await visitor.look('denied');
  await visitor.leaving(() => deniedPage.back.click());
  await homePage.welcomes(ben);
}, { words: ENGLISH });
