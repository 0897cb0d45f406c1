// Somebody who has no role: the password is right, and there is nothing to do with it.

import { openStage, story } from '../stage.js';

const stage = openStage();

story(stage, 'Who has no role is told whom to ask', async (visitor, { shop }) => {
  const ann = await shop.hire(`ann-${visitor.words.language}`);
  const { signInPage, noPermissionPage } = visitor;
  await shop.takeRole(ann);
  await signInPage.open();
  await signInPage.signIn(ann.username, ann.password);
  await noPermissionPage.isShownTo(ann);
  await visitor.look('no_permission');
  await visitor.leaving(() => visitor.link('no_permission-other').click());
  await signInPage.isShown();
});

story(stage, 'Who loses the role while signed in can still leave', async (visitor, { shop }) => {
  const ben = await shop.hire(`ben-${visitor.words.language}`, { firstName: 'Ben' });
  const { signInPage, homePage, noPermissionPage } = visitor;
  await signInPage.open();
  await signInPage.signIn(ben.username, ben.password);
  await homePage.welcomes(ben);
  await shop.takeRole(ben);
  await visitor.leaving(() => visitor.link('account-title').click());
  await noPermissionPage.isShownTo(ben);
  await visitor.look('no_permission-signed_in');
  await homePage.signOut();
  await signInPage.tells('sign_out-done');
});
